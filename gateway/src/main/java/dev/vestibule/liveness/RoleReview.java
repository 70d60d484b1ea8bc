package dev.vestibule.liveness;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.directory.Recognition;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;

import org.jdbi.v3.core.Handle;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Judges a person's roles anew by the groups that their provider says they are in now, as a
/// sign-in would. Safe to share between threads.
///
/// Only where they have a role: a home is entered by signing in there. And not while the groups of
/// the SCIM client that sent them are still to come: that they are in none yet puts nobody out.
public final class RoleReview {

    private final Map<HomeId, RolesConfig> homes;
    private final Recognition recognition;
    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;

    /// @param homes which groups give which role at each
    /// @param recognition knows whose groups count
    public RoleReview(
            Map<HomeId, RolesConfig> homes,
            Recognition recognition,
            AccountStore accounts,
            AccountLifecycle lifecycle) {
        this.homes = Map.copyOf(homes);
        this.recognition = recognition;
        this.accounts = accounts;
        this.lifecycle = lifecycle;
    }

    Ended review(Handle tx, AccountId account, Set<String> said, Cause cause) {
        if (recognition.isWaitingForGroups(tx, account)) {
            return Ended.NONE;
        }
        Set<String> groups = recognition.groupsOf(tx, account, said);
        Ended ended = Ended.NONE;
        for (Map.Entry<HomeId, RolesConfig> home : homes.entrySet()) {
            if (accounts.roleOf(tx, account, home.getKey()).isPresent()) {
                Optional<Role> now = home.getValue().roleOf(groups);
                ended = ended.and(follow(tx, account, home.getKey(), now, cause));
            }
        }
        return ended;
    }

    private Ended follow(
            Handle tx, AccountId account, HomeId home, Optional<Role> now, Cause cause) {
        return now.map(role -> lifecycle.changeRole(tx, account, home, role, cause))
                .orElseGet(() -> lifecycle.expel(tx, account, home, cause));
    }
}
