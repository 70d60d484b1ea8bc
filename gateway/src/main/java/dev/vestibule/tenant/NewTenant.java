package dev.vestibule.tenant;

import dev.vestibule.network.Cidr;

import java.util.List;
import java.util.Optional;

/// A SCIM client that is to be.
///
/// @param providerId see [Tenant]
/// @param networks where its requests may come from; empty for anywhere
public record NewTenant(TenantName name, Optional<String> providerId, List<Cidr> networks) {

    public NewTenant {
        networks = List.copyOf(networks);
    }
}
