package dev.vestibule.breaker;

import dev.vestibule.tenant.Tenant;
import dev.vestibule.tenant.TenantId;

/// On whose word people lose their access. Two sources never add up.
public sealed interface Source {

    /// A SCIM client.
    record ScimClient(TenantId id, String name) implements Source {
        @Override
        public String toString() {
            return "scim:" + name;
        }
    }

    /// A provider that is asked whether it still vouches for people.
    ///
    /// @param id as the configuration has it
    record Provider(String id) implements Source {
        @Override
        public String toString() {
            return "provider:" + id;
        }
    }

    static Source of(Tenant tenant) {
        return new ScimClient(tenant.id(), tenant.name());
    }

    /// What the store knows it by: a client that is added again under its name is another.
    default String key() {
        return switch (this) {
            case ScimClient client -> "scim:" + client.id();
            case Provider provider -> "provider:" + provider.id();
        };
    }
}
