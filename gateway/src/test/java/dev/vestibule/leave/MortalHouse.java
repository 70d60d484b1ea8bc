package dev.vestibule.leave;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Profile;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.provisioning.HomeStore;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.provisioning.StoreAttachment;
import dev.vestibule.provisioning.Trace;
import dev.vestibule.revocation.OutboxWorker;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Ambush.Moment;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A house with one of each kind of people, whose gateway dies at a chosen moment of leaving.
/// Another process goes on over the same database and the same Home Assistant.
final class MortalHouse implements AutoCloseable {

    private static final Set<String> MAY_COME_IN = Set.of("Owner", "Another", "Carol", "ada");

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Origin ORIGIN = new Origin("https", "home.example", 443);
    private static final String CLIENT_ID = "https://home.example/";
    private static final Duration CONNECTING_MAX = Duration.ofSeconds(30);

    /// Every transaction of leaving changes one of these.
    private static final Map<String, String> MINED =
            Map.of(
                    "mine_home", "UPDATE ON home",
                    "mine_login_begun", "INSERT ON new_login",
                    "mine_login_changed", "UPDATE ON new_login",
                    "mine_login_forgotten", "DELETE ON new_login",
                    "mine_user_gone", "DELETE ON home_user",
                    "mine_audit", "INSERT ON audit_event");

    private final TestFacts facts = new TestFacts();
    private final ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(HomeOptions.defaults().withTime(facts.clock));
    private final Path directory;
    private final String unlinked;
    private Life process = new Life();

    /// What lives as long as a process.
    private final class Life {
        final HomeConfig config =
                new HomeConfig(
                        HOME,
                        ORIGIN,
                        List.of(),
                        false,
                        new HomeAssistantConfig(
                                home.url(), new Secret(home.administratorToken()), List.of()),
                        new RolesConfig(Set.of(), Set.of("family"), Set.of(), List.of()),
                        Defaults.ROUTES,
                        Defaults.SESSION,
                        Defaults.APPS,
                        Defaults.SIGN_IN,
                        Defaults.CLIENTS,
                        Defaults.EXISTING_TOKENS,
                        Defaults.LONG_LIVED_TOKENS,
                        Defaults.WEBHOOK_MIGRATION);
        final HomeAssistant homeAssistant = new HomeAssistant(facts.clock, config.homeAssistant());
        final HomeSignIn signIn =
                new HomeSignIn(
                        HOME,
                        new Secret("a key"),
                        homeAssistant,
                        facts.grants,
                        facts.homeUsers,
                        facts.accounts);
        final HomeStore homes =
                new HomeStore(facts.clock, facts.secrets, facts.database, facts.sealer);

        Life() {
            homeAssistant.start();
            var _ = homeAssistant.awaitFirstAttempt(CONNECTING_MAX);
        }

        HouseLeaving leaving() {
            OutboxWorker worker =
                    new OutboxWorker(
                            facts.clock,
                            config,
                            facts.outbox,
                            facts.audit,
                            homeAssistant,
                            signIn,
                            new OutboxWorker.People(facts.homeUsers, facts.accounts, facts.grants));
            return new HouseLeaving(
                    HOME,
                    CLIENT_ID,
                    homeAssistant,
                    directory,
                    new HouseLeaving.Rooms(
                            facts.database,
                            homes,
                            facts.homeUsers,
                            facts.accounts,
                            _ -> false,
                            Set::of,
                            facts.sessions,
                            facts.grants,
                            facts.sessionLifecycle,
                            facts.outbox,
                            new NewLogins(facts.secrets, facts.database, facts.sealer, facts.audit),
                            facts.audit),
                    new HouseLeaving.Ways(signIn, worker, () -> {}, () -> {}, () -> {}));
        }
    }

    /// @param directory for the file with the new logins; empty
    MortalHouse(Path directory) {
        this.directory = directory;
        home.addUser("Another", "ada", "not hers", "system-users");
        HomeUser carol = home.addUser("Carol", "carol", "a password", "system-admin");
        var _ = facts.begin(enter(facts.admit("ada")));
        Account ben = facts.admit("ben");
        process.signIn.attach(
                ben.id(),
                carol.id(),
                Actor.CONSOLE,
                new StoreAttachment(facts.database, facts.homeUsers));
        enter(ben);
        facts.dropRole(enter(facts.admit("vic")).id());
        enter(emergency());
        unlinked = halfMade(facts.admit("kim"));
    }

    private Account emergency() {
        Account account =
                facts.database.inTransaction(
                        tx ->
                                facts.accounts.create(
                                        tx,
                                        new Profile("emergency", "Emergency"),
                                        AccountOrigin.BREAK_GLASS));
        facts.assignRole(account.id(), Role.ADMIN);
        return account;
    }

    private Account enter(Account account) {
        assertThat(signIn(account)).isInstanceOf(HomeSignInResult.Answered.class);
        return account;
    }

    private HomeSignInResult signIn(Account account) {
        return process.signIn.signIn(
                new ProvisioningRequest(account.id(), account.displayName(), HERE),
                HERE,
                CLIENT_ID,
                CLIENT_ID);
    }

    /// Home Assistant has written the credential, and has not given it to the user.
    ///
    /// @return its user name
    private String halfMade(Account account) {
        home.faults().failCommand("config/auth_provider/homeassistant/create", "unknown_error");
        try {
            throw new AssertionError(signIn(account));
        } catch (HomeAssistantUnavailable failed) {
            home.faults().clear();
        }
        String hiddenName =
                facts.homeUsers.tracesAt(HOME).stream()
                        .filter(trace -> trace.account().equals(account.id()))
                        .findFirst()
                        .orElseThrow()
                        .hiddenName();
        home.addUnlinkedCredential(hiddenName, "some password");
        return hiddenName;
    }

    LeaveResult leave() {
        return process.leaving().leave(Although.NOTHING);
    }

    /// Has the process die when Home Assistant has done the n-th command of this kind, and has not
    /// answered it; and begins the next one.
    ///
    /// @param command the beginning of its type
    /// @return false where there is no such command, and the house was left
    boolean dieAfterCommand(String command, int nth) {
        Ambush ambush = home.faults().ambush(command, nth, Moment.AFTER);
        CompletableFuture<LeaveResult> left = CompletableFuture.supplyAsync(this::leave);
        Eventually.await(() -> ambush.isSprung() || left.isDone());
        boolean hasDied = ambush.isSprung();
        if (hasDied) {
            process.homeAssistant.close();
        }
        assertThat(left.join()).isNotNull();
        home.faults().clear();
        if (hasDied) {
            process = new Life();
        }
        return hasDied;
    }

    /// As [#dieAfterCommand], right before the n-th change in the database that leaving makes.
    boolean dieBeforeWriting(int nth) {
        facts.database.change(tx -> mine(nth).forEach(tx::execute));
        boolean hasDied = false;
        try {
            assertThat(leave()).isNotNull();
        } catch (DatabaseUnavailable died) {
            hasDied = true;
        }
        facts.database.change(
                tx -> {
                    MINED.forEach((name, _) -> tx.execute("DROP TRIGGER " + name));
                    tx.execute("DROP TABLE steps_left");
                });
        if (hasDied) {
            process.homeAssistant.close();
            process = new Life();
        }
        return hasDied;
    }

    private static List<String> mine(int nth) {
        return Stream.concat(
                        Stream.of(
                                "CREATE TABLE steps_left (n INTEGER NOT NULL)",
                                "INSERT INTO steps_left VALUES (" + nth + ")"),
                        MINED.entrySet().stream()
                                .map(
                                        mine ->
                                                """
                                                CREATE TRIGGER %s BEFORE %s BEGIN
                                                  UPDATE steps_left SET n = n - 1;
                                                  SELECT RAISE(ABORT, 'the process died')
                                                    FROM steps_left WHERE n = 0;
                                                END
                                                """
                                                        .formatted(mine.getKey(), mine.getValue())))
                .toList();
    }

    /// How things stand at the end, as far as it is the same each time: passwords are not.
    ///
    /// @param users by name: user names, groups, whether they are active
    /// @param handedOut the user names in the file
    record End(
            Map<String, String> users,
            Set<String> handedOut,
            boolean isLeft,
            int unforgotten,
            boolean hasUnlinked) {}

    /// Every login of the file is tried, and opens its user.
    End end() {
        Map<String, String> users = new TreeMap<>();
        home.users().stream()
                .filter(user -> !user.isSystemGenerated())
                .forEach(
                        user ->
                                users.put(
                                        user.name(),
                                        user.usernames()
                                                + " "
                                                + user.groups()
                                                + " "
                                                + user.isActive()));
        Map<String, String> logins = logins();
        int people = home.users().size();
        logins.forEach((username, password) -> home.signInDirectly(username, password, CLIENT_ID));
        assertThat(home.users()).hasSize(people);
        return new End(
                users,
                Set.copyOf(logins.keySet()),
                process.homes.stateOf(HOME) instanceof HomeState.Left,
                rows("new_login"),
                home.hasCredential(unlinked));
    }

    /// Who may come in, and has nothing at Home Assistant to come in by, of the gateway's or their
    /// own.
    List<String> lockedOut() {
        return home.users().stream()
                .filter(user -> MAY_COME_IN.contains(user.name()) && user.usernames().isEmpty())
                .map(HomeUser::name)
                .toList();
    }

    /// User names that people were given, and that nobody could tell them.
    List<String> unwritten() {
        Set<String> written = logins().keySet();
        return home.users().stream()
                .filter(user -> user.name().equals("ada"))
                .flatMap(user -> user.usernames().stream())
                .filter(name -> !name.startsWith(Trace.HIDDEN_PREFIX) && !written.contains(name))
                .toList();
    }

    private int rows(String table) {
        return facts.database.<Integer>read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM " + table)
                                .mapTo(Integer.class)
                                .one());
    }

    private Map<String, String> logins() {
        Map<String, String> logins = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> file = files.findFirst();
            if (file.isPresent()) {
                Files.readAllLines(file.get()).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t", -1))
                        .forEach(cells -> logins.put(cells[0], cells[1]));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return logins;
    }

    @Override
    public void close() {
        process.homeAssistant.close();
        home.close();
        facts.close();
    }
}
