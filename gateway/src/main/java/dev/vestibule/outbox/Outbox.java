package dev.vestibule.outbox;

import dev.vestibule.config.HomeId;
import dev.vestibule.log.RequestScope;
import dev.vestibule.outbox.OutboxTask.AlignGroup;
import dev.vestibule.outbox.OutboxTask.DropCredential;
import dev.vestibule.outbox.OutboxTask.EndToken;
import dev.vestibule.outbox.OutboxTask.LetIn;
import dev.vestibule.outbox.OutboxTask.Provision;
import dev.vestibule.outbox.OutboxTask.Remove;
import dev.vestibule.outbox.OutboxTask.RevokeToken;
import dev.vestibule.outbox.OutboxTask.ShutOut;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Sealer.SealBroken;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Owns the table `outbox`. Safe to share between threads.
///
/// A home and an account have at most one wish about the person's access, the last: so no order can
/// be lost, and a wish that is delivered twice does no harm.
public final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(2);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);
    private static final Duration UNCONVERGED_PAUSE = Duration.ofHours(1);
    private static final int PROBLEM_MAX = 300;
    private static final String UNREADABLE = "what is to be told cannot be read";

    private static final List<String> ACCESS_WISHES =
            List.of(
                    TaskFormat.SHUT_OUT,
                    TaskFormat.REMOVE,
                    TaskFormat.LET_IN,
                    TaskFormat.PROVISION);

    /// Of tokens that belong to no account, so that strangers cannot fill the disk with them.
    static final int STRANGE_MAX = 1_000;

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;

    public Outbox(InstantSource time, Secrets secrets, Database database, Sealer sealer) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
    }

    /// Asks for Home Assistant's refresh token to be revoked, as part of the caller's transaction.
    ///
    /// @param accountId null for a token that belongs to no account
    public void revokeToken(
            Handle tx, HomeId home, @Nullable String accountId, Secret refreshToken) {
        insert(tx, home, accountId, new RevokeToken(refreshToken), Integer.MAX_VALUE);
    }

    /// Asks for a token of an account's user to be ended that the gateway does not hold, as part of
    /// the caller's transaction.
    ///
    /// @param tokenId Home Assistant's id of it
    public void endToken(Handle tx, HomeId home, String accountId, String tokenId) {
        insert(tx, home, accountId, new EndToken(tokenId), Integer.MAX_VALUE);
    }

    /// Asks for a hidden credential to go that nobody uses any more, as part of the caller's
    /// transaction, which forgets whose it was. It is tried until it is gone.
    ///
    /// @param username its user name at Home Assistant
    public void dropCredential(Handle tx, HomeId home, String accountId, String username) {
        insert(tx, home, accountId, new DropCredential(username), Integer.MAX_VALUE);
    }

    /// Asks for a token to be revoked that somebody showed and nobody here knows.
    ///
    /// @return false where too many of them wait already
    public boolean revokeStrangeToken(Handle tx, HomeId home, Secret refreshToken) {
        return insert(tx, home, null, new RevokeToken(refreshToken), STRANGE_MAX);
    }

    /// Asks for everything of an account's user to end, as part of the caller's transaction. It
    /// takes the place of an earlier wish about the account, and keeps the tokens of that.
    public void shutOut(Handle tx, HomeId home, String accountId, List<HeldToken> held) {
        List<HeldToken> all = withEarlier(tx, home, accountId, held);
        insert(tx, home, accountId, new ShutOut(all), Integer.MAX_VALUE);
    }

    /// As [#shutOut], and then a user of our making is to be deleted.
    public void remove(Handle tx, HomeId home, String accountId, List<HeldToken> held) {
        List<HeldToken> all = withEarlier(tx, home, accountId, held);
        insert(tx, home, accountId, new Remove(all), Integer.MAX_VALUE);
    }

    private List<HeldToken> withEarlier(
            Handle tx, HomeId home, String accountId, List<HeldToken> held) {
        return Stream.concat(
                        held.stream(),
                        takeWishes(tx, home, accountId).stream()
                                .flatMap(earlier -> open(earlier).stream())
                                .flatMap(Outbox::held))
                .toList();
    }

    private static Stream<HeldToken> held(OutboxTask task) {
        return switch (task) {
            case ShutOut(var held) -> held.stream();
            case Remove(var held) -> held.stream();
            case RevokeToken _, EndToken _, DropCredential _, LetIn _, AlignGroup _, Provision _ ->
                    Stream.empty();
        };
    }

    /// Asks for an account's user to be let in again, as part of the caller's transaction. It takes
    /// the place of an earlier wish about the account; the tokens of that are still revoked.
    public void letIn(Handle tx, HomeId home, String accountId) {
        withEarlier(tx, home, accountId, List.of())
                .forEach(token -> revokeToken(tx, home, accountId, token.refreshToken()));
        insert(tx, home, accountId, new LetIn(), Integer.MAX_VALUE);
    }

    /// Asks for an account's user to be brought into the group of the account's role, as part of
    /// the caller's transaction. It says nothing about access, and is asked for once.
    public void alignGroup(Handle tx, HomeId home, String accountId) {
        tx.createUpdate(
                        """
                        DELETE FROM outbox
                         WHERE home_id = :home AND account_id = :account AND kind = :kind
                        """)
                .bind("home", home.value())
                .bind("account", accountId)
                .bind("kind", TaskFormat.ALIGN_GROUP)
                .execute();
        insert(tx, home, accountId, new AlignGroup(), Integer.MAX_VALUE);
    }

    /// Asks for an account to have a user, as part of the caller's transaction, unless something
    /// about its access is to be told already: that comes first, and a sign-in makes the user too.
    public void provision(Handle tx, HomeId home, String accountId) {
        if (count(tx, home, accountId, ACCESS_WISHES) == 0) {
            insert(tx, home, accountId, new Provision(), Integer.MAX_VALUE);
        }
    }

    private static List<Row> takeWishes(Handle tx, HomeId home, String accountId) {
        return tx.createQuery(
                        """
                        DELETE FROM outbox
                         WHERE home_id = :home AND account_id = :account
                           AND kind NOT IN (:revoke, :end, :drop, :group)
                        RETURNING id, home_id, account_id, kind, attempt_count, created_at,
                                  request, payload_sealed
                        """)
                .bind("home", home.value())
                .bind("account", accountId)
                .bind("revoke", TaskFormat.REVOKE_TOKEN)
                .bind("end", TaskFormat.END_TOKEN)
                .bind("drop", TaskFormat.DROP_CREDENTIAL)
                .bind("group", TaskFormat.ALIGN_GROUP)
                .map((row, _) -> Row.of(row))
                .list();
    }

    private boolean insert(
            Handle tx, HomeId home, @Nullable String accountId, OutboxTask task, int strangeMax) {
        String id = secrets.randomId(time).toString();
        return tx.createUpdate(
                                """
                                INSERT INTO outbox
                                       (id, home_id, account_id, kind, payload_sealed,
                                        created_at, attempt_count, next_attempt_at,
                                        problem, is_unconverged, request)
                                SELECT :id, :home, :account, :kind, :payload,
                                       :now, 0, :now,
                                       '', :unconverged, :request
                                 WHERE (SELECT COUNT(*) FROM outbox
                                         WHERE account_id IS NULL) < :max
                                """)
                        .bind("id", id)
                        .bind("home", home.value())
                        .bind("account", accountId)
                        .bind("kind", TaskFormat.kind(task))
                        .bind("payload", sealer.seal(TaskFormat.payload(task), place(id)))
                        .bind("now", time.instant().toEpochMilli())
                        .bind("unconverged", false)
                        .bind("request", RequestScope.current())
                        .bind("max", strangeMax)
                        .execute()
                == 1;
    }

    private static Sealer.Place place(String id) {
        return new Sealer.Place("outbox", id, "payload_sealed");
    }

    /// What is due at a home, the oldest first: who is to be out before all others; what concerns a
    /// whole person before single tokens, since a token that is still held is the best way to act
    /// as them; and who is yet to come after everybody who is there. What does not open is put off
    /// as if it had failed, so that it keeps nothing else from being delivered.
    public List<OutboxItem> due(HomeId home, int count) {
        return opened(rows(home, "1 = 1", count));
    }

    /// As [#due], of those alone who are to be out.
    public List<OutboxItem> dueToBeOut(HomeId home, int count) {
        return opened(rows(home, "kind IN (:shut, :remove)", count));
    }

    private List<OutboxItem> opened(List<Row> rows) {
        return rows.stream().flatMap(row -> opened(row).stream()).toList();
    }

    /// Every hidden credential of a home that is to go, due or not.
    public List<OutboxItem> credentialsToDrop(HomeId home) {
        List<Row> rows =
                database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT id, home_id, account_id, kind,
                                                       attempt_count, created_at, request,
                                                       payload_sealed
                                                  FROM outbox
                                                 WHERE home_id = :home AND kind = :kind
                                                 ORDER BY id
                                                """)
                                        .bind("home", home.value())
                                        .bind("kind", TaskFormat.DROP_CREDENTIAL)
                                        .map((row, _) -> Row.of(row))
                                        .list());
        return opened(rows);
    }

    private record Row(
            String id,
            HomeId home,
            String accountId,
            int attempts,
            Instant createdAt,
            String request,
            String kind,
            String sealed) {

        static Row of(ResultSet row) throws SQLException {
            String account = row.getString("account_id");
            return new Row(
                    row.getString("id"),
                    new HomeId(row.getString("home_id")),
                    account == null ? "" : account,
                    row.getInt("attempt_count"),
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    row.getString("request"),
                    row.getString("kind"),
                    row.getString("payload_sealed"));
        }
    }

    private Optional<OutboxItem> opened(Row row) {
        Optional<OutboxTask> task = open(row);
        if (task.isEmpty()) {
            database.change(
                    tx -> postpone(tx, row.id(), pauseAfter(row.attempts()), UNREADABLE, false));
        }
        return task.map(
                found ->
                        new OutboxItem(
                                row.id(),
                                row.home(),
                                row.accountId(),
                                row.attempts(),
                                row.createdAt(),
                                row.request(),
                                found));
    }

    /// A row that does not open must not keep anybody's access from ending.
    private Optional<OutboxTask> open(Row row) {
        try {
            Secret payload = sealer.open(row.sealed(), place(row.id()));
            Optional<OutboxTask> task = TaskFormat.read(row.kind(), payload);
            if (task.isEmpty()) {
                noteUnreadable(row, "another release wrote it");
            }
            return task;
        } catch (SealBroken broken) {
            noteUnreadable(row, String.valueOf(broken.getMessage()));
            return Optional.empty();
        }
    }

    private static void noteUnreadable(Row row, String reason) {
        LOG.error(
                "event=outbox-unreadable home={} id={} kind={} reason=\"{}\"",
                row.home(),
                row.id(),
                row.kind(),
                reason);
    }

    private List<Row> rows(HomeId home, String condition, int count) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id, home_id, account_id, kind, attempt_count,
                                               created_at, request, payload_sealed
                                          FROM outbox
                                         WHERE home_id = :home AND next_attempt_at <= :now
                                           AND <condition>
                                         ORDER BY CASE WHEN kind IN (:shut, :remove) THEN 0
                                                       WHEN kind IN (:revoke, :end) THEN 2
                                                       WHEN kind = :provision THEN 3
                                                       ELSE 1 END, id
                                         LIMIT :count
                                        """)
                                .define("condition", condition)
                                .bind("home", home.value())
                                .bind("now", now)
                                .bind("shut", TaskFormat.SHUT_OUT)
                                .bind("remove", TaskFormat.REMOVE)
                                .bind("revoke", TaskFormat.REVOKE_TOKEN)
                                .bind("end", TaskFormat.END_TOKEN)
                                .bind("provision", TaskFormat.PROVISION)
                                .bind("count", count)
                                .map((row, _) -> Row.of(row))
                                .list());
    }

    /// Whether this is still to be told: a later wish about the person may have taken its place.
    public boolean isWished(OutboxItem item) {
        return database.read(handle -> isWished(handle, item));
    }

    public boolean isWished(Handle handle, OutboxItem item) {
        return handle.createQuery("SELECT COUNT(*) FROM outbox WHERE id = :id")
                        .bind("id", item.id())
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /// The ids of what is still to be told of single tokens of a person's user.
    public List<String> wishesForTokens(HomeId home, String accountId) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id FROM outbox
                                         WHERE home_id = :home AND account_id = :account
                                           AND kind = :kind
                                        """)
                                .bind("home", home.value())
                                .bind("account", accountId)
                                .bind("kind", TaskFormat.END_TOKEN)
                                .mapTo(String.class)
                                .list());
    }

    /// Those tokens have ended together with all others.
    ///
    /// @param ids of [#wishesForTokens]
    public void endedWithTheOthers(List<String> ids) {
        if (!ids.isEmpty()) {
            database.change(
                    tx ->
                            tx.createUpdate("DELETE FROM outbox WHERE id IN (<ids>)")
                                    .bindList("ids", ids)
                                    .execute());
        }
    }

    /// Whether anything about all of a person's access is still to be told.
    public boolean isAccessWished(Handle handle, HomeId home, String accountId) {
        return count(handle, home, accountId, ACCESS_WISHES) > 0;
    }

    /// Has what could not be done about a person's access tried now: things have changed.
    public void tryAnew(Handle tx, HomeId home, String accountId) {
        tx.createUpdate(
                        """
                        UPDATE outbox SET next_attempt_at = :now
                         WHERE home_id = :home AND account_id = :account
                           AND is_unconverged = :unconverged
                        """)
                .bind("now", time.instant().toEpochMilli())
                .bind("home", home.value())
                .bind("account", accountId)
                .bind("unconverged", true)
                .execute();
    }

    /// Whether a person's group is still to be brought into line with their role.
    public boolean isGroupWished(Handle handle, HomeId home, String accountId) {
        return count(handle, home, accountId, List.of(TaskFormat.ALIGN_GROUP)) > 0;
    }

    private static int count(Handle handle, HomeId home, String accountId, List<String> kinds) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM outbox
                         WHERE home_id = :home AND account_id = :account AND kind IN (<kinds>)
                        """)
                .bind("home", home.value())
                .bind("account", accountId)
                .bindList("kinds", kinds)
                .mapTo(Integer.class)
                .one();
    }

    /// Home Assistant has agreed.
    ///
    /// @param told writes it down, in the same transaction
    public void done(OutboxItem item, Consumer<Handle> told) {
        database.change(
                tx -> {
                    tx.createUpdate("DELETE FROM outbox WHERE id = :id")
                            .bind("id", item.id())
                            .execute();
                    told.accept(tx);
                });
    }

    /// It did not work; try again after a pause that doubles up to ten minutes.
    public void failed(OutboxItem item, String problem) {
        database.change(tx -> postpone(tx, item.id(), pauseAfter(item.attempts()), problem, false));
    }

    /// It cannot be done as things stand. It is tried again every hour, since things may change.
    /// What keeps one token of a person from ending keeps all of them: that is news once.
    ///
    /// @param told writes it down where it is news, in the same transaction
    public void unconverged(OutboxItem item, String problem, Consumer<Handle> told) {
        database.change(
                tx -> {
                    boolean isNews =
                            !isGoneOrUnconverged(tx, item)
                                    && !isToldOfAnotherToken(tx, item, problem);
                    postpone(tx, item.id(), UNCONVERGED_PAUSE, problem, true);
                    if (isNews) {
                        told.accept(tx);
                    }
                });
    }

    private static boolean isGoneOrUnconverged(Handle tx, OutboxItem item) {
        return tx.createQuery("SELECT is_unconverged FROM outbox WHERE id = :id")
                .bind("id", item.id())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true);
    }

    private static boolean isToldOfAnotherToken(Handle tx, OutboxItem item, String problem) {
        return item.task() instanceof EndToken
                && tx.createQuery(
                                        """
                                        SELECT COUNT(*) FROM outbox
                                         WHERE home_id = :home AND account_id = :account
                                           AND kind = :kind AND problem = :problem
                                           AND is_unconverged = :unconverged
                                        """)
                                .bind("home", item.home().value())
                                .bind("account", item.accountId())
                                .bind("kind", TaskFormat.END_TOKEN)
                                .bind("problem", shortened(problem))
                                .bind("unconverged", true)
                                .mapTo(Integer.class)
                                .one()
                        > 0;
    }

    private void postpone(
            Handle tx, String id, Duration pause, String problem, boolean isUnconverged) {
        tx.createUpdate(
                        """
                        UPDATE outbox
                           SET attempt_count = attempt_count + 1,
                               next_attempt_at = :next,
                               problem = :problem,
                               is_unconverged = :unconverged
                         WHERE id = :id
                        """)
                .bind("next", time.instant().plus(pause).toEpochMilli())
                .bind("problem", shortened(problem))
                .bind("unconverged", isUnconverged)
                .bind("id", id)
                .execute();
    }

    private static String shortened(String text) {
        return text.length() <= PROBLEM_MAX ? text : text.substring(0, PROBLEM_MAX);
    }

    private static Duration pauseAfter(int attempts) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(attempts, 20));
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    /// What waits for each home; homes for which nothing waits are not among them.
    public Map<HomeId, OutboxStanding> standings() {
        return database.read(
                handle ->
                        handle
                                .createQuery(
                                        """
                                        SELECT home_id, COUNT(*) AS waiting,
                                               MIN(created_at) AS oldest_at,
                                               SUM(CASE WHEN is_unconverged THEN 1 ELSE 0 END)
                                                       AS unconverged
                                          FROM outbox
                                         GROUP BY home_id
                                        """)
                                .map(
                                        (row, _) ->
                                                Map.entry(
                                                        new HomeId(row.getString("home_id")),
                                                        new OutboxStanding(
                                                                row.getInt("waiting"),
                                                                row.getInt("unconverged"),
                                                                Instant.ofEpochMilli(
                                                                        row.getLong("oldest_at")))))
                                .stream()
                                .collect(
                                        Collectors.toUnmodifiableMap(
                                                Map.Entry::getKey, Map.Entry::getValue)));
    }

    /// How much of what a home has still to be told is about somebody's access or tokens, and can
    /// be done as things stand.
    public int countAboutAccess(Handle handle, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM outbox
                         WHERE home_id = :home AND is_unconverged = :unconverged
                           AND kind IN (<kinds>)
                        """)
                .bind("home", home.value())
                .bind("unconverged", false)
                .bindList(
                        "kinds",
                        List.of(
                                TaskFormat.SHUT_OUT,
                                TaskFormat.REMOVE,
                                TaskFormat.LET_IN,
                                TaskFormat.REVOKE_TOKEN,
                                TaskFormat.END_TOKEN))
                .mapTo(Integer.class)
                .one();
    }

    /// How much Home Assistant has still to be told.
    public int count() {
        return database.read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM outbox")
                                .mapTo(Integer.class)
                                .one());
    }

    /// What Home Assistant has still to be told, for the operator, oldest first.
    public List<OutboxEntry> list() {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT home_id, account_id, kind, attempt_count, problem,
                                               is_unconverged, created_at
                                          FROM outbox
                                         ORDER BY id
                                        """)
                                .map((row, _) -> OutboxSearch.entry(row))
                                .list());
    }
}
