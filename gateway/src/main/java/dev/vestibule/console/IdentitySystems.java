package dev.vestibule.console;

import dev.vestibule.breaker.Breaker;
import dev.vestibule.breaker.KnownSources;
import dev.vestibule.tenant.Tenant;
import dev.vestibule.tenant.TenantSummary;
import dev.vestibule.tenant.Tenants;

import org.jdbi.v3.core.Handle;

import java.util.Optional;
import java.util.function.BiConsumer;

/// The identity systems that send people, and what holds those whom they send away.
///
/// @param forget takes away all that a client has sent, in the transaction that removes it
public record IdentitySystems(
        Tenants tenants, Breaker breaker, KnownSources sources, BiConsumer<Handle, Tenant> forget) {

    Optional<TenantSummary> find(String name) {
        return tenants.list().stream()
                .filter(client -> client.tenant().name().equals(name))
                .findFirst();
    }
}
