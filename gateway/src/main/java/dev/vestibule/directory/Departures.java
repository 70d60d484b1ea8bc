package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.breaker.Source;
import dev.vestibule.breaker.Verdict;
import dev.vestibule.config.HomeId;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Ended;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Watches how many people lose their access by a client's requests. Safe to share between threads.
final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

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
        Set<HomeId> run = before.isEmpty() ? Set.of() : withAdministrator(tx);
        Ended ended = change.get();
        requireAdministrators(tx, run);
        Set<AccountId> losing = new HashSet<>(before);
        losing.removeAll(accounts.withAccess(tx, before));
        if (!losing.isEmpty()) {
            int people =
                    resources.countWithAccess(
                                    tx, tenant.id(), accounts.homes(), breaker.windowStart())
                            + losing.size();
            require(breaker.check(tx, Source.of(tenant), losing, people));
        }
        return ended;
    }

    private Set<HomeId> withAdministrator(Handle tx) {
        return accounts.homes().stream()
                .filter(home -> accounts.hasAdministrator(tx, home))
                .collect(Collectors.toUnmodifiableSet());
    }

    private void requireAdministrators(Handle tx, Set<HomeId> run) {
        for (HomeId home : run) {
            if (!accounts.hasAdministrator(tx, home)) {
                throw lastAdministrator(home);
            }
        }
    }

    /// Attack on availability: with nobody to run the house, nobody could mend a mistake of the
    /// identity system either.
    static ScimError lastAdministrator(HomeId home) {
        LOG.error("event=scim-last-administrator home={}", home);
        return ScimError.mutability(
                "Nobody would be left who administers "
                        + home
                        + ". Make somebody else an administrator first. Nothing was changed.");
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
