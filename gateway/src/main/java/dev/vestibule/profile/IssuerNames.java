package dev.vestibule.profile;

import dev.vestibule.account.Issuer;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

import java.util.List;

/// What people call whoever vouches for them.
record IssuerNames(List<OpenIdProviderConfig> providers) {

    /// How our own names begin for those who sign nothing; issuers of others are addresses.
    private static final String UNSIGNED = "vestibule:";

    IssuerNames {
        providers = List.copyOf(providers);
    }

    /// What the button of a provider says; others, and those that are gone, as they call
    /// themselves.
    Text of(Issuer issuer) {
        return issuer.value().startsWith(UNSIGNED)
                ? Messages.text("profile.identities.proxy")
                : Text.verbatim(nameOf(issuer));
    }

    private String nameOf(Issuer issuer) {
        return providers.stream()
                .filter(each -> each.issuer().toString().equals(issuer.value()))
                .map(OpenIdProviderConfig::displayName)
                .findFirst()
                .orElse(issuer.value());
    }
}
