package dev.vestibule.breaker;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.breaker.HoldStore.Hold;
import dev.vestibule.config.DeprovisioningConfig;
import dev.vestibule.log.RequestScope;
import dev.vestibule.store.Database;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.store.WhenCommitted;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/// Holds departures that are too many at once, until an operator has said that they are meant. Safe
/// to share between threads.
///
/// Too many are more people of one source, within the window, than its share allows, and not fewer
/// than the least number; see [DeprovisioningConfig]. Those who were held count with those who are
/// gone, so that a client that tries again and again stays held. While a hold stands, whoever else
/// would leave by that source waits too. It ends by itself when the window has passed since it
/// began, and begins anew, with another alarm, with the next departure that is too many.
public final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final String ADDRESS = "breaker";
    private static final int EXAMPLES_MAX = 5;

    /// A permission may come at any moment, so nobody is told to wait for the whole window.
    private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

    private final InstantSource time;
    private final Database database;
    private final AccountStore accounts;
    private final AuditLog audit;
    private final DeprovisioningConfig config;
    private final Executor background;

    /// Sources whose hold is decided and not in the store yet.
    private final Set<String> beginning = ConcurrentHashMap.newKeySet();

    public Breaker(
            InstantSource time,
            Database database,
            AccountStore accounts,
            AuditLog audit,
            DeprovisioningConfig config) {
        this(
                time,
                database,
                accounts,
                audit,
                config,
                task -> Thread.ofVirtual().name("deprovisioning-hold").start(task));
    }

    /// @param background writes what must hold although the caller's transaction is rolled back
    Breaker(
            InstantSource time,
            Database database,
            AccountStore accounts,
            AuditLog audit,
            DeprovisioningConfig config,
            Executor background) {
        this.time = time;
        this.database = database;
        this.accounts = accounts;
        this.audit = audit;
        this.config = config;
        this.background = background;
    }

    /// Asks whether people may lose their access, inside the transaction that takes it, before or
    /// after it has. Where they may, that they left is part of the transaction; where they may not,
    /// the caller must roll it back, and what is needed for the hold is written by itself.
    ///
    /// Access is what [AccountStore#withAccess] says. Ask once in a transaction, with everybody.
    ///
    /// @param losing who had access before the transaction, and has none after it
    /// @param people how many people of the source had access before it, those among them
    public Verdict check(Handle tx, Source source, Set<AccountId> losing, int people) {
        Set<AccountId> leaving = Set.copyOf(losing);
        if (leaving.isEmpty()) {
            return new Verdict.Go();
        }
        Instant now = time.instant();
        Optional<Hold> standing = HoldStore.standing(tx, source, now);
        if (standing.filter(Hold::isAllowed).isPresent()) {
            return new Verdict.Go();
        }
        boolean isHeld = standing.isPresent() || beginning.contains(source.key());
        if (isHeld) {
            unlessForeseen(() -> keep(source, () -> join(source, leaving, now)));
            return held(now, standing.map(Hold::endsAt).orElse(now.plus(config.within())));
        }
        Count count = count(tx, source, leaving, people, now);
        if (count.isTooMany(config)) {
            unlessForeseen(
                    () -> {
                        beginning.add(source.key());
                        keep(source, () -> begin(source, leaving, count, now));
                    });
            return held(now, now.plus(config.within()));
        }
        prune(tx, now);
        DepartureStore.leave(tx, source, leaving, now);
        return new Verdict.Go();
    }

    /// Since when departures count. Whoever came later than that may be here to make those who
    /// leave look few.
    public Instant windowStart() {
        return time.instant().minus(config.within());
    }

    private static Verdict held(Instant now, Instant until) {
        Duration left = Duration.ofSeconds(Duration.between(now, until).toSeconds() + 1);
        return new Verdict.Held(left.compareTo(RETRY_AFTER_MAX) < 0 ? left : RETRY_AFTER_MAX);
    }

    private Count count(Handle tx, Source source, Set<AccountId> leaving, int people, Instant now) {
        Instant since = now.minus(config.within());
        Set<AccountId> gone = goneOf(tx, source.key(), since);
        gone.removeAll(leaving);
        Set<AccountId> counted = new HashSet<>(gone);
        counted.addAll(leaving);
        counted.addAll(waitingOf(tx, source.key(), since));
        return new Count(counted.size(), people + gone.size());
    }

    /// Whoever was let in again is not gone.
    private Set<AccountId> goneOf(Handle handle, String key, Instant since) {
        Set<AccountId> gone = DepartureStore.gone(handle, key, since);
        gone.removeAll(accounts.withAccess(handle, gone));
        return gone;
    }

    /// Whoever has left in another way waits for nothing.
    private Set<AccountId> waitingOf(Handle handle, String key, Instant since) {
        Set<AccountId> waiting = DepartureStore.waiting(handle, key, since);
        waiting.retainAll(accounts.withAccess(handle, waiting));
        return waiting;
    }

    /// Whoever only wants to know what would come of it holds nobody.
    private static void unlessForeseen(Runnable hold) {
        if (!WhenCommitted.isForeseen()) {
            hold.run();
        }
    }

    /// The caller's transaction has the only thread that writes, and will be rolled back.
    private void keep(Source source, Runnable writing) {
        background.execute(
                RequestScope.kept(
                        () -> {
                            try {
                                writing.run();
                            } catch (DatabaseUnavailable away) {
                                LOG.error("event=deprovisioning-hold-lost source={}", source, away);
                            }
                        }));
    }

    private void join(Source source, Set<AccountId> leaving, Instant now) {
        database.change(tx -> DepartureStore.hold(tx, source, leaving, now));
    }

    private void begin(Source source, Set<AccountId> leaving, Count count, Instant now) {
        try {
            hold(source, leaving, count, now);
        } finally {
            beginning.remove(source.key());
        }
    }

    private void hold(Source source, Set<AccountId> leaving, Count count, Instant now) {
        Instant until = now.plus(config.within());
        boolean isNews =
                database.inTransaction(
                        tx -> {
                            prune(tx, now);
                            DepartureStore.hold(tx, source, leaving, now);
                            boolean isNew = HoldStore.hold(tx, source, count.people(), now, until);
                            if (isNew) {
                                audit.append(tx, told(tx, source, leaving, count), ADDRESS);
                            }
                            return isNew;
                        });
        if (isNews) {
            LOG.warn(
                    "event=deprovisioning-held source={} leaving={} people={} until={}"
                            + " next=\"vestibule deprovisioning list\"",
                    source,
                    count.leaving(),
                    count.people(),
                    until);
        }
    }

    private void prune(Handle tx, Instant now) {
        DepartureStore.prune(tx, now.minus(config.within()));
        HoldStore.prune(tx, now);
    }

    private AuditEvent told(Handle tx, Source source, Set<AccountId> leaving, Count count) {
        return new AuditEvent.DeprovisioningHeld(
                source.toString(), count.leaving(), count.people(), examples(tx, leaving));
    }

    private List<String> examples(Handle handle, Set<AccountId> people) {
        return people.stream()
                .limit(EXAMPLES_MAX)
                .flatMap(account -> accounts.find(handle, account).stream())
                .map(Account::username)
                .toList();
    }

    /// Lets everybody leave whom a source sends away, from now on and for as long as the window is.
    /// Whoever leaves by that counts for nothing later. A permission may come before anything is
    /// held.
    ///
    /// @param by whose order it is, for the audit log
    /// @return until when
    public Instant allow(Source source, Actor by) {
        Instant now = time.instant();
        Instant until = now.plus(config.within());
        database.change(
                tx -> {
                    prune(tx, now);
                    HoldStore.allow(tx, source, now, until);
                    audit.append(
                            tx,
                            new AuditEvent.DeprovisioningAllowed(source.toString(), by.by()),
                            by.address());
                });
        return until;
    }

    /// Ends a hold, or takes a permission back. Whoever was held stays, and counts again only where
    /// the source sends them away again.
    ///
    /// @return false where there is neither
    public boolean dismiss(Source source, Actor by) {
        Instant now = time.instant();
        return database.inTransaction(
                tx -> {
                    if (HoldStore.standing(tx, source, now).isEmpty()) {
                        return false;
                    }
                    HoldStore.delete(tx, source);
                    DepartureStore.forgetWaiting(tx, source);
                    audit.append(
                            tx,
                            new AuditEvent.DeprovisioningDismissed(source.toString(), by.by()),
                            by.address());
                    return true;
                });
    }

    /// Forgets a source that is no more.
    public void forget(Handle tx, Source source) {
        HoldStore.delete(tx, source);
        DepartureStore.forgetGone(tx, source);
        DepartureStore.forgetWaiting(tx, source);
    }

    /// What is held or allowed now, the oldest first.
    public List<HoldSummary> list() {
        Instant now = time.instant();
        return database.read(
                handle ->
                        HoldStore.list(handle, now).stream()
                                .map(hold -> summary(handle, hold, now))
                                .toList());
    }

    /// Some of those who would have lost their access by a source and stay for now, first those who
    /// were held first.
    public List<Account> waiting(Source source, int max) {
        Instant since = time.instant().minus(config.within());
        return database.read(
                handle ->
                        waitingOf(handle, source.key(), since).stream()
                                .limit(max)
                                .flatMap(account -> accounts.find(handle, account).stream())
                                .toList());
    }

    /// Everybody who would have lost their access by a source that is held or allowed now, and
    /// still has it.
    public Set<AccountId> undecided() {
        Instant now = time.instant();
        Instant since = now.minus(config.within());
        return database.read(
                handle ->
                        HoldStore.list(handle, now).stream()
                                .flatMap(hold -> waitingOf(handle, hold.key(), since).stream())
                                .collect(Collectors.toUnmodifiableSet()));
    }

    private HoldSummary summary(Handle handle, Hold hold, Instant now) {
        Instant since = now.minus(config.within());
        Set<AccountId> waiting = waitingOf(handle, hold.key(), since);
        return new HoldSummary(
                hold.name(),
                hold.isAllowed(),
                hold.beganAt(),
                hold.endsAt(),
                waiting.size(),
                examples(handle, waiting),
                goneOf(handle, hold.key(), since).size(),
                hold.people());
    }
}
