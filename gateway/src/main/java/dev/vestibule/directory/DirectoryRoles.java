package dev.vestibule.directory;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.directory.Sources.Source;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives people the roles that the groups of their client grant. Safe to share between threads.
final class DirectoryRoles {

    private final Sources sources;
    private final Map<HomeId, RolesConfig> homes;
    private final ResourceStore resources;
    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;

    /// @param homes which groups give which role at each
    DirectoryRoles(
            Sources sources,
            Map<HomeId, RolesConfig> homes,
            ResourceStore resources,
            AccountStore accounts,
            AccountLifecycle lifecycle) {
        this.sources = sources;
        this.homes = Map.copyOf(homes);
        this.resources = resources;
        this.accounts = accounts;
        this.lifecycle = lifecycle;
    }

    /// Whether the groups of a client decide about its people, and not the provider's word at a
    /// sign-in.
    boolean areSentBy(Tenant tenant) {
        return sources.of(tenant)
                .map(Source::config)
                .filter(config -> config.rolesFrom() == ScimConfig.RolesFrom.SIGN_IN)
                .isEmpty();
    }

    /// Gives what the groups grant, and takes nothing: for somebody who was sent or changed, and
    /// whose groups may come after them. Who had a role before the client knew them is not put out
    /// for that moment.
    Ended grant(Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
        return follow(tx, tenant, user, account, false, cause);
    }

    /// Gives what the groups grant, and takes what they do not.
    Ended follow(Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
        return follow(tx, tenant, user, account, true, cause);
    }

    /// Those of some users for whose people nothing follows from their groups: they are active,
    /// have no role, and no group gives them one. Told for many at once, since a large group is
    /// mostly about such people.
    Set<AccountId> indifferent(Handle tx, Tenant tenant, List<StoredResource> users) {
        Belongings groups =
                resources.belongingsOf(
                        tx, tenant.id(), users.stream().map(StoredResource::id).toList());
        Set<AccountId> found = new HashSet<>();
        for (StoredResource user : users) {
            if (user.isActive() && !giveRole(groups.namesOf(user.id()))) {
                user.account().ifPresent(found::add);
            }
        }
        return accounts.withoutRole(tx, found);
    }

    private boolean giveRole(Set<String> groups) {
        return homes.values().stream().anyMatch(home -> home.roleOf(groups).isPresent());
    }

    private Ended follow(
            Handle tx,
            Tenant tenant,
            StoredResource user,
            AccountId account,
            boolean takesToo,
            Cause cause) {
        if (!areSentBy(tenant)) {
            return Ended.NONE;
        }
        boolean isActive = accounts.find(tx, account).filter(Account::isActive).isPresent();
        Set<String> groups = resources.groupNamesOf(tx, tenant.id(), user.id());
        Ended ended = Ended.NONE;
        for (Map.Entry<HomeId, RolesConfig> home : homes.entrySet()) {
            Optional<Role> role = home.getValue().roleOf(groups);
            if (role.isPresent() || takesToo) {
                ended = ended.and(follow(tx, account, isActive, home.getKey(), role, cause));
            }
        }
        return ended;
    }

    private Ended follow(
            Handle tx,
            AccountId account,
            boolean isActive,
            HomeId home,
            Optional<Role> role,
            Cause cause) {
        if (role.isEmpty()) {
            return accounts.roleOf(tx, account, home).isPresent()
                    ? lifecycle.expel(tx, account, home, cause)
                    : Ended.NONE;
        }
        return isActive
                ? lifecycle.welcome(tx, account, home, role.get(), cause)
                : lifecycle.changeRole(tx, account, home, role.get(), cause);
    }
}
