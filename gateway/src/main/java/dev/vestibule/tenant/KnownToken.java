package dev.vestibule.tenant;

import dev.vestibule.network.Cidr;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whose token something is.
///
/// @param networks where its requests may come from; empty for anywhere
/// @param lastUsedAt empty where nobody used it yet
public record KnownToken(Tenant tenant, List<Cidr> networks, Optional<Instant> lastUsedAt) {
    public KnownToken {
        networks = List.copyOf(networks);
    }
}
