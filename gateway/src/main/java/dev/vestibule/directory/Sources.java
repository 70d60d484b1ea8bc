package dev.vestibule.directory;

import dev.vestibule.account.Issuer;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.resource.CaseFold;
import dev.vestibule.tenant.Tenant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which provider a SCIM client speaks for, as the configuration has it. Immutable.
public final class Sources {

    private final Map<String, Source> byProvider;

    public Sources(List<OpenIdProviderConfig> providers) {
        this.byProvider =
                providers.stream()
                        .map(Source::of)
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Source::providerId, Function.identity()));
    }

    /// A provider whose people SCIM clients may send.
    record Source(String providerId, Issuer issuer, ScimConfig config) {

        static Source of(OpenIdProviderConfig provider) {
            return new Source(
                    provider.id(), new Issuer(provider.issuer().toString()), provider.scim());
        }

        /// What a user is called by the attribute that people are matched by; empty where it was
        /// not sent. As it is compared.
        Optional<String> keyOf(StoredResource user) {
            return switch (config.match()) {
                case EXTERNAL_ID -> user.externalId();
                case USER_NAME -> Optional.of(CaseFold.of(user.name()));
            };
        }

        /// The same of what the provider said at a sign-in.
        String keyOf(String claim) {
            return switch (config.match()) {
                case EXTERNAL_ID -> claim;
                case USER_NAME -> CaseFold.of(claim);
            };
        }
    }

    /// What a client calls somebody by the attribute that people are matched by.
    ///
    /// @param issuer of the provider that calls them so too
    record Called(Issuer issuer, String key) {}

    /// Empty where the client speaks for no provider, or did not send the attribute.
    Optional<Called> called(Tenant tenant, StoredResource user) {
        return of(tenant)
                .flatMap(source -> source.keyOf(user).map(key -> new Called(source.issuer(), key)));
    }

    /// Empty where the client speaks for none, or for one that is configured no more.
    Optional<Source> of(Tenant tenant) {
        return tenant.providerId().flatMap(id -> Optional.ofNullable(byProvider.get(id)));
    }

    /// The providers with this issuer.
    List<Source> at(Issuer issuer) {
        return byProvider.values().stream()
                .filter(source -> source.issuer().equals(issuer))
                .toList();
    }
}
