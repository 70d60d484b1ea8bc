package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
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
import dev.vestibule.revocation.OutboxWorker;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Takes the gateway away from one home. Safe to share between threads: one command at a time.
///
/// The steps, each of which finds done what an earlier try did:
/// 1. the home is marked as being left, and its door is shut: from here on nobody comes in and no
///    user is made;
/// 2. browsers and what programs were given by the gateway end, and Home Assistant is told by the
///    outbox; what shuts people out is told too, so that nobody sleeps who is to be off;
/// 3. hidden credentials that no account has any more go, as far as Home Assistant removes them;
/// 4. each user by themselves: first a login of their own where they need one, written down before
///    Home Assistant hears of it, and only then the hidden credential goes;
/// 5. the home is marked as left;
/// 6. the gateway's own token goes, last: by it all of the above is done.
public final class HouseLeaving {

    static final String CONSOLE = "console";

    private static final Logger LOG = LoggerFactory.getLogger(HouseLeaving.class);

    private final HomeId home;
    private final HomeAssistant homeAssistant;
    private final HomeUserStore homeUsers;
    private final AccountStore accounts;
    private final NewLogins logins;
    private final Ways ways;
    private final Marks marks;
    private final Endings endings;
    private final Survey survey;
    private final Objections objections;
    private final LoginFile file;
    private final Parting parting;
    private final Leftovers leftovers;
    private final ReentrantLock turn = new ReentrantLock();

    /// What is known here.
    ///
    /// @param isKeptOut whether the gateway lets somebody in nowhere whom nobody suspended
    /// @param undecided who was to lose their access, and keeps it until somebody decides
    public record Rooms(
            Database database,
            HomeStore homes,
            HomeUserStore homeUsers,
            AccountStore accounts,
            Predicate<Account> isKeptOut,
            Supplier<Set<AccountId>> undecided,
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
        this.homeUsers = rooms.homeUsers();
        this.accounts = rooms.accounts();
        this.logins = rooms.logins();
        this.ways = ways;
        this.marks =
                new Marks(home, rooms.database(), rooms.homes(), homeUsers, logins, rooms.audit());
        this.endings =
                new Endings(
                        home,
                        rooms.database(),
                        accounts,
                        new Endings.Held(
                                rooms.sessions(), rooms.grants(), rooms.sessionLifecycle()),
                        rooms.outbox(),
                        ways.endNameless());
        this.leftovers =
                new Leftovers(home, rooms.outbox(), new Credentials(homeAssistant.users()));
        this.survey =
                new Survey(
                        home,
                        rooms.database(),
                        homeUsers,
                        accounts,
                        leftovers,
                        new Fates(home, accounts, homeAssistant, logins, rooms.isKeptOut()));
        this.objections = new Objections(survey, rooms.undecided());
        this.file = new LoginFile(directory, home, accounts);
        this.parting =
                new Parting(
                        homeAssistant.users(),
                        ways.signIn(),
                        new LoginGiver(home, ownClientId, homeAssistant, logins, file),
                        leftovers);
    }

    public HomeState state() {
        return marks.state();
    }

    /// What leaving would do. Changes nothing.
    ///
    /// @throws HomeAssistantUnavailable where it cannot be asked
    public LeavePlan plan() {
        List<HomeAssistantUser> users = homeAssistant.users().list();
        List<Leaver> people = survey.people(users);
        List<GrantSummary> grants = endings.grants();
        return new LeavePlan(
                people,
                objections.undecided(people),
                survey.strangeCredentials(users),
                survey.abandoned(users),
                grants.stream().filter(Endings::isOurs).toList(),
                grants.stream().filter(grant -> !Endings.isOurs(grant)).toList(),
                survey.phones());
    }

    /// Leaves the home, or goes on with it.
    ///
    /// @param although what is to be no reason to wait
    public LeaveResult leave(Although although) {
        if (!turn.tryLock()) {
            return new LeaveResult.Busy();
        }
        try {
            return leaveAlone(although);
        } catch (HomeAssistantUnavailable away) {
            return new LeaveResult.NotYet(away.reason());
        } catch (UncheckedIOException problem) {
            return new LeaveResult.NotYet(
                    "its people have no file of new logins yet: " + problem.getMessage());
        } finally {
            turn.unlock();
        }
    }

    private LeaveResult leaveAlone(Although although) {
        if (state() instanceof HomeState.Left(var since, _)) {
            ways.goneForGood().run();
            return new LeaveResult.LeftBefore(endOwnToken(), file.find(since));
        }
        Optional<LeaveResult> objection = objections.find(homeAssistant.users().list(), although);
        return objection.orElseGet(() -> leaveInOrder(although));
    }

    private LeaveResult leaveInOrder(Although although) {
        Instant since = marks.begin(ways.shutDoor());
        LOG.warn("event=home-leaving home={} since={}", home, since);
        endings.run();
        Optional<String> untold = endings.awaitTold();
        return untold.isPresent()
                ? new LeaveResult.NotYet(untold.get())
                : ways.outboxWorker().whileQuiet(() -> part(since, although));
    }

    /// Nothing is delivered meanwhile: what acts as a person would make their credential anew.
    private LeaveResult part(Instant since, Although although) {
        List<Leaver> people = new ArrayList<>();
        // First: until they are gone they look like logins of people's own.
        List<String> undone = new ArrayList<>(leftovers.remove());
        for (Trace trace : homeUsers.tracesAt(home)) {
            try {
                Optional<Leaver> leaver =
                        ways.signIn().alone(trace.account(), () -> part(since, trace, although));
                leaver.ifPresent(people::add);
            } catch (PartingRefused refused) {
                undone.add(nameOf(trace) + ": " + refused.reason());
            }
        }
        List<NewLogin> given = logins.list(home);
        file.keep(since, given);
        if (!undone.isEmpty()) {
            return new LeaveResult.NotYet(String.join("; ", undone));
        }
        // Requests that were under way when the door was shut may have made some more.
        endings.run();
        if (!marks.finish(endings::isDone)) {
            return new LeaveResult.NotYet("more came up meanwhile");
        }
        ways.goneForGood().run();
        LOG.warn("event=home-left home={}", home);
        return new LeaveResult.Left(
                people,
                given.isEmpty() ? Optional.empty() : Optional.of(file.of(since)),
                endOwnToken());
    }

    private String nameOf(Trace trace) {
        return accounts.find(trace.account()).map(Account::username).orElse("somebody");
    }

    /// Everything is looked at anew: somebody may have been shut out, or have been removed, since
    /// the list was made.
    private Optional<Leaver> part(Instant since, Trace listed, Although although) {
        Optional<Trace> trace =
                homeUsers.tracesAt(home).stream()
                        .filter(one -> one.account().equals(listed.account()))
                        .findFirst();
        Optional<Account> account = accounts.find(listed.account());
        if (trace.isEmpty() || account.isEmpty()) {
            return Optional.empty();
        }
        Leaver leaver = survey.leaver(trace.get(), account.get(), homeAssistant.users().list());
        objections.requireNone(leaver, although);
        return Optional.of(
                new Leaver(
                        account.get(),
                        leaver.homeAssistantName(),
                        parting.part(since, trace.get(), account.get(), leaver.fate())));
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
            return marks.takeBack() ? Return.DONE : Return.NEVER_LEFT;
        } finally {
            turn.unlock();
        }
    }
}
