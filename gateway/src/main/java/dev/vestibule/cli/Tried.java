package dev.vestibule.cli;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.setup.ProviderChoice;

/// A provider that setup was told of, and what is known of it.
sealed interface Tried {

    ProviderChoice choice();

    OpenIdProviderConfig provider();

    /// Somebody signed in there.
    record Seen(ProviderChoice choice, OpenIdProviderConfig provider, VerifiedIdentity person)
            implements Tried {}

    /// Nobody did, as the operator wanted it.
    record NotSeen(ProviderChoice choice, OpenIdProviderConfig provider) implements Tried {}
}
