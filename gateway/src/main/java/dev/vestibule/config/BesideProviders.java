package dev.vestibule.config;

import dev.vestibule.foreign.ForeignText;

import java.util.ArrayList;
import java.util.List;

/// Whether proxies in front and identity providers may vouch for people side by side. Belongs to
/// one thread.
final class BesideProviders {

    /// How the gateway calls itself where it vouches for somebody.
    private static final String OURS = "vestibule:";

    private final Findings findings;
    private final List<Located<String>> issuers = new ArrayList<>();
    private final List<Located<String>> voices = new ArrayList<>();

    BesideProviders(Findings findings) {
        this.findings = findings;
    }

    /// A proxy signs as this issuer.
    void signs(Located<String> issuer) {
        issuers.add(issuer);
        voices.add(issuer);
    }

    /// A proxy says who somebody is and signs nothing.
    void says(Section section) {
        voices.add(new Located<>("", section.line(), section.path()));
    }

    void check(List<OpenIdProviderConfig> providers) {
        issuers.forEach(issuer -> checkIsItsOwn(issuer, providers));
        providers.stream()
                .filter(provider -> provider.scim().people() == ScimConfig.People.SCIM_ONLY)
                .findFirst()
                .ifPresent(this::noVoiceBeside);
    }

    /// Attack: people are recognised by issuer and subject. Under a name of ours, or of a provider,
    /// the proxy's word would open accounts about which it has no say.
    private void checkIsItsOwn(Located<String> issuer, List<OpenIdProviderConfig> providers) {
        if (issuer.value().startsWith(OURS)) {
            problem(
                    issuer,
                    "'"
                            + ForeignText.excerpt(issuer.value())
                            + "' is how the gateway calls itself, and no proxy. Write the 'iss' of"
                            + " the assertions.");
        }
        for (OpenIdProviderConfig provider : providers) {
            if (provider.issuer().toString().equals(issuer.value())) {
                problem(
                        issuer,
                        "This is the issuer of the provider '"
                                + provider.id()
                                + "' as well, so that the proxy's word would count as the"
                                + " provider's. Have the proxy use an issuer of its own, or sign in"
                                + " with the provider alone.");
            }
        }
    }

    /// SCIM clients speak of a provider's people. Whoever comes by a proxy is none of them, and
    /// would come in beside the rule.
    private void noVoiceBeside(OpenIdProviderConfig provider) {
        for (Located<String> voice : voices) {
            problem(
                    voice,
                    "The provider '"
                            + provider.id()
                            + "' lets in only whom SCIM has sent ('people: scim-only'), but SCIM"
                            + " knows nothing of the people whom a proxy names: all of them would"
                            + " come in beside it. Remove one of the two.");
        }
    }

    private void problem(Located<String> place, String sentence) {
        findings.problem(place.line(), place.path(), sentence);
    }
}
