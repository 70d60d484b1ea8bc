package dev.vestibule.login;

import dev.vestibule.account.Issuer;
import dev.vestibule.oidc.OpenIdProvider;

import java.util.List;
import java.util.Optional;

/// The identity providers people may sign in with, in the order of the configuration: none at a
/// minimal gateway, which has another way in. Immutable.
record Providers(List<OpenIdProvider> all) {

    Providers {
        all = List.copyOf(all);
    }

    Optional<OpenIdProvider> find(Issuer issuer) {
        return all.stream().filter(provider -> provider.issuer().equals(issuer)).findFirst();
    }

    Optional<OpenIdProvider> find(String id) {
        return all.stream().filter(provider -> provider.id().equals(id)).findFirst();
    }
}
