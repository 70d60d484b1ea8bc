package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.tenant.TenantId;
import dev.vestibule.tenant.Tenants;

import org.jdbi.v3.core.Handle;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// What SCIM clients have to do with people, built once: what follows from their requests, and who
/// is whom at a sign-in.
public record DirectoryPeople(
        ResourceStore resources, OfferStore offers, People people, Recognition recognition) {

    /// Forgets all that a client has sent and was offered, which is being removed. Its people stay.
    public void forget(Handle tx, TenantId tenant) {
        offers.deleteAllOf(tx, tenant);
        resources.deleteAllOf(tx, tenant);
    }

    /// Parts from an account that is removed for good whatever here leads to it.
    public static BiConsumer<Handle, AccountId> parting(
            ResourceStore resources, Tombstones tombstones) {
        return (tx, account) -> {
            resources.unlink(tx, account);
            tombstones.forget(tx, account);
        };
    }

    /// What is known here without any client.
    public record Ground(
            InstantSource time,
            ResourceStore resources,
            Tombstones tombstones,
            AccountStore accounts,
            HomeUserStore homeUsers,
            AccountLifecycle lifecycle,
            Tenants tenants,
            Breaker breaker,
            AuditLog audit) {}

    /// @param homes which groups give which role at each
    public static DirectoryPeople build(
            Ground ground, List<OpenIdProviderConfig> providers, Map<HomeId, RolesConfig> homes) {
        Sources sources = new Sources(providers);
        ResourceStore resources = ground.resources();
        OfferStore offers = new OfferStore();
        Matching matching =
                new Matching(
                        ground.time(),
                        sources,
                        resources,
                        offers,
                        ground.tombstones(),
                        ground.accounts(),
                        ground.lifecycle(),
                        ground.homeUsers(),
                        ground.audit());
        DirectoryRoles roles =
                new DirectoryRoles(
                        sources, homes, resources, ground.accounts(), ground.lifecycle());
        People people =
                new People(
                        matching,
                        roles,
                        new Departures(ground.breaker(), ground.accounts(), resources),
                        resources,
                        ground.accounts(),
                        ground.lifecycle());
        Recognition recognition =
                new Recognition(
                        sources,
                        ground.tenants(),
                        resources,
                        ground.tombstones(),
                        ground.accounts(),
                        matching,
                        roles,
                        people);
        return new DirectoryPeople(resources, offers, people, recognition);
    }
}
