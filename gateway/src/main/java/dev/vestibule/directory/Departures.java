package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.breaker.Source;
import dev.vestibule.breaker.Verdict;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Ended;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// Watches how many people lose their access by a client's requests. Safe to share between threads.
final class Departures {

    private final Breaker breaker;
    private final AccountStore accounts;
    private final ResourceStore resources;

    Departures(Breaker breaker, AccountStore accounts, ResourceStore resources) {
        this.breaker = breaker;
        this.accounts = accounts;
        this.resources = resources;
    }

    /// Does what a request demands, unless too many are gone by it.
    ///
    /// @param affected everybody whose access may change
    /// @throws ScimError where it is held: the caller's transaction is rolled back
    Ended watch(Handle tx, Tenant tenant, Set<AccountId> affected, Supplier<Ended> change) {
        Set<AccountId> before = accounts.withAccess(tx, affected);
        Ended ended = change.get();
        Set<AccountId> losing = new HashSet<>(before);
        losing.removeAll(accounts.withAccess(tx, before));
        if (!losing.isEmpty()) {
            int people = resources.countWithAccess(tx, tenant.id()) + losing.size();
            require(breaker.check(tx, Source.of(tenant), losing, people));
        }
        return ended;
    }

    private static void require(Verdict verdict) {
        switch (verdict) {
            case Verdict.Go _ -> {}
            case Verdict.Held(var retryAfter) ->
                    throw ScimError.held(
                            retryAfter,
                            "More people than usual would lose their access at once. Nothing was"
                                    + " changed. An administrator of Vestibule decides: vestibule"
                                    + " deprovisioning list");
        }
    }
}
