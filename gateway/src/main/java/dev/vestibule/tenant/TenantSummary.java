package dev.vestibule.tenant;

import dev.vestibule.network.Cidr;

import java.time.Instant;
import java.util.List;

/// A SCIM client as the list shows it.
///
/// @param networks where its requests may come from; empty for anywhere
/// @param tokens one or two, the oldest first
public record TenantSummary(
        Tenant tenant, List<Cidr> networks, Instant createdAt, List<TenantToken> tokens) {

    public TenantSummary {
        networks = List.copyOf(networks);
        tokens = List.copyOf(tokens);
    }
}
