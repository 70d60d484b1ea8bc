package dev.vestibule.tenant;

import java.util.Optional;

/// A SCIM client, as whoever serves its requests has to know it.
///
/// @param name what the operator calls it, see [TenantName]
/// @param providerId the configuration's id of the provider whose people it sends; empty where
///   nobody is to be matched. The configuration may have lost that provider since.
public record Tenant(TenantId id, String name, Optional<String> providerId) {}
