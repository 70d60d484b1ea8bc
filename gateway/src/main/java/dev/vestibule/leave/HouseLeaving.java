package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.provisioning.HomeStore;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.Trace;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.OutboxWorker;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Takes the gateway away from one home. Safe to share between threads: one command at a time.
///
/// The steps, each of which finds done what an earlier try did:
/// 1. the home is marked as being left, and its door is shut: from here on nobody comes in and no
///    user is made;
/// 2. browsers and what programs were given by the gateway end, and Home Assistant is told by the
///    outbox; what shuts people out is told too, so that nobody sleeps who is to be off;
/// 3. each user by themselves: first a login of their own where they need one, written down before
///    Home Assistant hears of it, and only then the hidden credential goes;
/// 4. the home is marked as left;
/// 5. the gateway's own token goes, last: by it all of the above is done.
public final class HouseLeaving {

    static final String CONSOLE = "console";

    private static final Logger LOG = LoggerFactory.getLogger(HouseLeaving.class);
    private static final Cause CAUSE = new Cause(CONSOLE, EndReason.HOUSE_LEFT, CONSOLE);
    private static final Duration TELLING_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final HomeId home;
    private final HomeAssistant homeAssistant;
    private final Rooms rooms;
    private final Ways ways;
    private final Survey survey;
    private final LoginFile file;
    private final Parting parting;
    private final ReentrantLock turn = new ReentrantLock();

    /// What is known here.
    ///
    /// @param isKeptOut whether the gateway lets somebody in nowhere whom nobody suspended
    public record Rooms(
            Database database,
            HomeStore homes,
            HomeUserStore homeUsers,
            AccountStore accounts,
            Predicate<Account> isKeptOut,
            SessionService sessions,
            GrantService grants,
            SessionLifecycle sessionLifecycle,
            Outbox outbox,
            NewLogins logins,
            AuditLog audit) {}

    /// How the home is reached, and how it is shut.
    ///
    /// @param shutDoor called when the leaving begins; may be called again
    /// @param endNameless ends what neither a session nor a grant stands for: codes that no client
    ///   fetched, and what is watched by an address alone
    /// @param goneForGood called when nothing is left to do there; may be called again
    public record Ways(
            HomeSignIn signIn,
            OutboxWorker outboxWorker,
            Runnable shutDoor,
            Runnable endNameless,
            Runnable goneForGood) {}

    /// @param directory where the file with the new logins goes
    /// @param ownClientId our own address at this home
    public HouseLeaving(
            HomeId home,
            String ownClientId,
            HomeAssistant homeAssistant,
            Path directory,
            Rooms rooms,
            Ways ways) {
        this.home = home;
        this.homeAssistant = homeAssistant;
        this.rooms = rooms;
        this.ways = ways;
        this.survey = new Survey(home, homeAssistant, rooms);
        this.file = new LoginFile(directory, home, rooms.accounts());
        this.parting =
                new Parting(home, ownClientId, homeAssistant, ways.signIn(), rooms.logins(), file);
    }

    public HomeState state() {
        return rooms.homes().stateOf(home);
    }

    /// What leaving would do. Changes nothing.
    ///
    /// @throws HomeAssistantUnavailable where it cannot be asked
    public LeavePlan plan() {
        return survey.plan();
    }

    /// Leaves the home, or goes on with it.
    ///
    /// @param mayComeBack whether people may come in again whom only the gateway keeps out
    public LeaveResult leave(boolean mayComeBack) {
        if (!turn.tryLock()) {
            return new LeaveResult.Busy();
        }
        try {
            return leaveAlone(mayComeBack);
        } catch (HomeAssistantUnavailable away) {
            return new LeaveResult.NotYet(away.reason());
        } catch (UncheckedIOException problem) {
            return new LeaveResult.NotYet(
                    "its people have no file of new logins yet: " + problem.getMessage());
        } finally {
            turn.unlock();
        }
    }

    private LeaveResult leaveAlone(boolean mayComeBack) {
        if (state() instanceof HomeState.Left(var since, _)) {
            ways.goneForGood().run();
            return new LeaveResult.LeftBefore(endOwnToken(), file.find(since));
        }
        List<HomeAssistantUser> users = homeAssistant.users().list();
        List<Leaver> returning =
                survey.people(users).stream()
                        .filter(one -> one.fate() instanceof Fate.ComesBack)
                        .toList();
        if (!returning.isEmpty() && !mayComeBack) {
            return new LeaveResult.WouldComeBack(returning);
        }
        if (!survey.canBeRun(users)) {
            return new LeaveResult.NobodyCouldRunIt();
        }
        Instant since = begin();
        endWhatIsOurs();
        Optional<String> untold = tellHomeAssistant();
        return untold.isPresent()
                ? new LeaveResult.NotYet(untold.get())
                : ways.outboxWorker().whileQuiet(() -> part(since, mayComeBack));
    }

    private Instant begin() {
        // Only once it is written down: a door that no restart would shut is shut by nobody.
        boolean isNew = rooms.database().inTransaction(this::begin, _ -> ways.shutDoor().run());
        LOG.warn("event=home-leaving home={} again={}", home, !isNew);
        return switch (state()) {
            case HomeState.Leaving(var since) -> since;
            case HomeState.Left(var since, _) -> since;
            case HomeState.Served _ ->
                    throw new HomeAssistantUnavailable("somebody came back meanwhile");
        };
    }

    private boolean begin(Handle tx) {
        boolean begins = rooms.homes().beginLeaving(tx, home);
        if (begins) {
            rooms.logins().forgetAll(tx, home);
            rooms.audit().append(tx, new AuditEvent.HomeLeaving(home.value()), CONSOLE);
        }
        return begins;
    }

    private void endWhatIsOurs() {
        SessionLifecycle lifecycle = rooms.sessionLifecycle();
        for (Account account : rooms.accounts().list()) {
            var _ =
                    rooms.database()
                            .inTransaction(
                                    tx -> lifecycle.endSessionsOf(tx, account.id(), home, CAUSE),
                                    Ended::cut);
        }
        ways.endNameless().run();
        List<GrantSummary> grants = survey.grants();
        grants.stream()
                .filter(Survey::isOurs)
                .forEach(grant -> lifecycle.endGrant(grant.id(), CAUSE));
        rooms.grants()
                .revocation()
                .interrupt(
                        grants.stream()
                                .filter(grant -> !Survey.isOurs(grant))
                                .map(GrantSummary::id)
                                .toList(),
                        // Their tokens live on: a client that heard of an end would drop its own.
                        Cut.INTERRUPTED);
    }

    /// @return why Home Assistant was not told everything; empty where it was
    private Optional<String> tellHomeAssistant() {
        long end = System.nanoTime() + TELLING_MAX.toNanos();
        while (untold() > 0) {
            if (System.nanoTime() - end > 0) {
                return Optional.of(stillUntold());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return Optional.empty();
    }

    private int untold() {
        return rooms.database().read(handle -> rooms.outbox().countAboutAccess(handle, home));
    }

    private String stillUntold() {
        return untold()
                + " things about tokens and access are still to be told to Home Assistant; see"
                + " 'vestibule account list'";
    }

    /// Nothing is delivered meanwhile: what acts as a person would make their credential anew.
    private LeaveResult part(Instant since, boolean mayComeBack) {
        List<Leaver> people = new ArrayList<>();
        for (Trace trace : rooms.homeUsers().tracesAt(home)) {
            Optional<Leaver> leaver =
                    ways.signIn().alone(trace.account(), () -> part(since, trace, mayComeBack));
            leaver.ifPresent(people::add);
        }
        List<NewLogin> logins = rooms.logins().list(home);
        file.keep(since, logins);
        // Requests that were under way when the door was shut may have made some more.
        endWhatIsOurs();
        if (!finish()) {
            return new LeaveResult.NotYet("more came up meanwhile");
        }
        ways.goneForGood().run();
        LOG.warn("event=home-left home={}", home);
        return new LeaveResult.Left(
                people,
                logins.isEmpty() ? Optional.empty() : Optional.of(file.of(since)),
                endOwnToken());
    }

    /// Everything is looked at anew: somebody may have been shut out, or have been removed, since
    /// the list was made.
    private Optional<Leaver> part(Instant since, Trace listed, boolean mayComeBack) {
        Optional<Trace> trace =
                rooms.homeUsers().tracesAt(home).stream()
                        .filter(one -> one.account().equals(listed.account()))
                        .findFirst();
        Optional<Account> account = rooms.accounts().find(listed.account());
        if (trace.isEmpty() || account.isEmpty()) {
            return Optional.empty();
        }
        Leaver leaver = survey.leaver(trace.get(), account.get(), homeAssistant.users().list());
        if (leaver.fate() instanceof Fate.ComesBack && !mayComeBack) {
            throw new HomeAssistantUnavailable(
                    account.get().username() + " was shut out meanwhile, by the gateway alone");
        }
        return Optional.of(
                new Leaver(
                        account.get(),
                        leaver.homeAssistantName(),
                        parting.part(since, trace.get(), account.get(), leaver.fate())));
    }

    /// Only where nothing is left to be told, and nothing of ours lives.
    private boolean finish() {
        return rooms.database().inTransaction(this::finish);
    }

    private boolean finish(Handle tx) {
        boolean isClean =
                rooms.outbox().countAboutAccess(tx, home) == 0
                        && !rooms.sessions().hasAny(tx, home)
                        && rooms.grants().list(tx).stream()
                                .filter(grant -> grant.home().equals(home))
                                .noneMatch(Survey::isOurs)
                        && rooms.homes().finishLeaving(tx, home);
        if (isClean) {
            rooms.logins().forgetAll(tx, home);
            rooms.homeUsers().forgetGroupsBefore(tx, home);
            rooms.audit().append(tx, new AuditEvent.HomeLeft(home.value()), CONSOLE);
        }
        return isClean;
    }

    private boolean endOwnToken() {
        try {
            return homeAssistant.personalTokens().endOwn();
        } catch (HomeAssistantUnavailable away) {
            LOG.warn("event=own-token-left home={} reason=\"{}\"", home, away.reason());
            return false;
        }
    }

    /// What came of coming back.
    public enum Return {
        DONE,
        NEVER_LEFT,
        BUSY
    }

    /// The home is to be served again, from the next start of the gateway on.
    public Return comeBack() {
        if (!turn.tryLock()) {
            return Return.BUSY;
        }
        try {
            return rooms.database()
                    .inTransaction(tx -> comeBack(tx) ? Return.DONE : Return.NEVER_LEFT);
        } finally {
            turn.unlock();
        }
    }

    private boolean comeBack(Handle tx) {
        boolean isBack = rooms.homes().comeBack(tx, home);
        if (isBack) {
            rooms.logins().forgetAll(tx, home);
            rooms.audit().append(tx, new AuditEvent.HomeReturned(home.value()), CONSOLE);
        }
        return isBack;
    }
}
