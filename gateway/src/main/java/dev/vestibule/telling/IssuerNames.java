package dev.vestibule.telling;

import dev.vestibule.account.Issuer;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

import java.util.List;
import java.util.Optional;

/// What people call whoever vouches for them.
public record IssuerNames(List<OpenIdProviderConfig> providers) {

    /// How our own names begin for those who sign nothing; issuers of others are addresses.
    static final String UNSIGNED = "vestibule:";

    public IssuerNames {
        providers = List.copyOf(providers);
    }

    /// What the button of a provider says; others, and those that are gone, as they call
    /// themselves.
    public Text of(Issuer issuer) {
        return issuer.value().startsWith(UNSIGNED)
                ? Messages.text("profile.identities.proxy")
                : Text.verbatim(find(issuer.value()).orElse(issuer.value()));
    }

    Optional<String> find(String issuer) {
        return providers.stream()
                .filter(each -> each.issuer().toString().equals(issuer))
                .map(OpenIdProviderConfig::displayName)
                .findFirst();
    }
}
