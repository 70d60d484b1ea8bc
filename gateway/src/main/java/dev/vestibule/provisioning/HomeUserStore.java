package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.provisioning.HomeUser.HiddenName;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Owns the table `home_user`. Safe to share between threads.
public final class HomeUserStore {

    private static final int FIRST_VERSION = 1;

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final AuditLog audit;

    public HomeUserStore(InstantSource time, Secrets secrets, Database database, AuditLog audit) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.audit = audit;
    }

    /// The row of an account, made now where there is none, before Home Assistant hears of it.
    ///
    /// @throws HomeAssistantUnavailable where the home is being left, or was: nothing is made there
    HomeUser findOrBegin(AccountId account, HomeId home) {
        return database.inTransaction(
                tx -> {
                    requireServed(tx, home);
                    return find(tx, account, home).orElseGet(() -> begin(tx, account, home));
                });
    }

    private HomeUser begin(Handle tx, AccountId account, HomeId home) {
        insert(tx, account, home, Optional.empty(), Closure.OPEN);
        return find(tx, account, home).orElseThrow();
    }

    /// @throws HomeAssistantUnavailable where the home is being left, or was
    void requireServed(HomeId home) {
        if (!isServed(home)) {
            throw left();
        }
    }

    /// Whether the operator neither left this home nor is leaving it.
    public boolean isServed(HomeId home) {
        return database.read(handle -> isServed(handle, home));
    }

    private static boolean isServed(Handle handle, HomeId home) {
        return HomeStore.stateOf(handle, home) instanceof HomeState.Served;
    }

    private static void requireServed(Handle handle, HomeId home) {
        if (!isServed(handle, home)) {
            throw left();
        }
    }

    private static HomeAssistantUnavailable left() {
        return new HomeAssistantUnavailable("the operator is leaving this home");
    }

    /// Notes the groups of a user who is older than the account, before the gateway changes them
    /// for the first time.
    void noteGroupsBefore(AccountId account, HomeId home, Set<String> groupIds) {
        database.change(tx -> noteGroupsBefore(tx, account, home, groupIds));
    }

    private static void noteGroupsBefore(
            Handle tx, AccountId account, HomeId home, Set<String> groupIds) {
        tx.createUpdate(
                        """
                        UPDATE home_user SET groups_before = :groups
                         WHERE account_id = :account AND home_id = :home
                           AND is_attached = :attached AND groups_before IS NULL
                        """)
                .bind("groups", String.join(" ", new TreeSet<>(groupIds)))
                .bind("account", account.value())
                .bind("home", home.value())
                .bind("attached", true)
                .execute();
    }

    /// What [#noteGroupsBefore] noted of a user, whoever has them now.
    public Optional<Set<String>> groupsBefore(Handle tx, HomeId home, String userId) {
        return tx.createQuery(
                        """
                        SELECT groups_before FROM home_user
                         WHERE home_id = :home AND ha_user_id = :user
                           AND groups_before IS NOT NULL
                        """)
                .bind("home", home.value())
                .bind("user", userId)
                .mapTo(String.class)
                .findOne()
                .map(HomeUserStore::groups);
    }

    private static Set<String> groups(String noted) {
        return noted.isEmpty() ? Set.of() : Set.of(noted.split(" ", -1));
    }

    /// Forgets what [#noteGroupsBefore] noted of open users at a home, inside the caller's
    /// transaction: their groups are as they were (attack: an administrator whom Home Assistant's
    /// own pages demote while the gateway is away is made one again by a second leaving).
    public void forgetGroupsBefore(Handle tx, HomeId home) {
        tx.createUpdate(
                        """
                        UPDATE home_user SET groups_before = NULL
                         WHERE home_id = :home AND is_closed = :closed
                        """)
                .bind("home", home.value())
                .bind("closed", false)
                .execute();
    }

    /// All that the gateway has done about users of a home.
    public List<Trace> tracesAt(HomeId home) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT account_id, ha_user_id, credential_username,
                                               is_attached, is_closed, is_emptied, groups_before
                                          FROM home_user
                                         WHERE home_id = :home
                                         ORDER BY created_at, account_id
                                        """)
                                .bind("home", home.value())
                                .map((row, _) -> trace(row))
                                .list());
    }

    private static Trace trace(ResultSet row) throws SQLException {
        return new Trace(
                new AccountId(row.getString("account_id")),
                Optional.ofNullable(row.getString("ha_user_id")),
                row.getString("credential_username"),
                row.getBoolean("is_attached"),
                closure(row),
                Optional.ofNullable(row.getString("groups_before")).map(HomeUserStore::groups));
    }

    Optional<HomeUser> find(AccountId account, HomeId home) {
        return database.read(handle -> find(handle, account, home));
    }

    private static Optional<HomeUser> find(Handle handle, AccountId account, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT credential_username, credential_version, ha_user_id,
                               is_attached, state
                          FROM home_user
                         WHERE account_id = :account AND home_id = :home
                        """)
                .bind("account", account.value())
                .bind("home", home.value())
                .map(HomeUserStore::fromRow)
                .findOne();
    }

    private void insert(
            Handle tx,
            AccountId account,
            HomeId home,
            Optional<String> attachedUser,
            Closure closure) {
        tx.createUpdate(
                        """
                        INSERT INTO home_user
                               (account_id, home_id, credential_username, credential_version,
                                ha_user_id, is_attached, state, is_closed, is_emptied,
                                created_at)
                        VALUES (:account, :home, :username, :version,
                                :user, :attached, 'pending', :closed, :emptied,
                                :now)
                        """)
                .bind("account", account.value())
                .bind("home", home.value())
                .bind("username", Trace.HIDDEN_PREFIX + secrets.randomId(time))
                .bind("version", FIRST_VERSION)
                .bind("user", attachedUser.orElse(null))
                .bind("attached", attachedUser.isPresent())
                .bind("closed", closure != Closure.OPEN)
                .bind("emptied", false)
                .bind("now", time.instant().toEpochMilli())
                .execute();
    }

    /// Notes that a user and a credential were made.
    ///
    /// @param address of the person, for the audit log
    void finishMade(AccountId account, HomeId home, String userId, String address) {
        database.change(
                tx -> {
                    setReady(tx, account, home, userId);
                    audit.append(
                            tx,
                            new AuditEvent.UserProvisioned(account.value(), home.value(), userId),
                            address);
                });
    }

    /// Notes that an attached user has a hidden credential.
    void finishAttached(AccountId account, HomeId home, String userId) {
        database.change(tx -> setReady(tx, account, home, userId));
    }

    private static void setReady(Handle tx, AccountId account, HomeId home, String userId) {
        tx.createUpdate(
                        """
                        UPDATE home_user
                           SET ha_user_id = :user, state = 'ready', standing = 'present'
                         WHERE account_id = :account AND home_id = :home
                        """)
                .bind("user", userId)
                .bind("account", account.value())
                .bind("home", home.value())
                .execute();
    }

    /// Forgets a user of our making that is no more, so that the next steps make another.
    void beginAgain(AccountId account, HomeId home) {
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        UPDATE home_user
                                           SET ha_user_id = NULL, state = 'pending'
                                         WHERE account_id = :account AND home_id = :home
                                           AND is_attached = :attached
                                        """)
                                .bind("account", account.value())
                                .bind("home", home.value())
                                .bind("attached", false)
                                .execute());
    }

    /// Gives an existing user to an account that has none, unless somebody else has the user.
    public AttachResult attach(
            Handle tx,
            AccountId account,
            HomeId home,
            String userId,
            Actor by,
            Inheritance inherited) {
        Optional<AccountId> holder = accountOf(tx, home, userId);
        if (holder.isPresent()) {
            return new AttachResult.UserTaken(holder.get());
        }
        if (find(tx, account, home).isPresent()) {
            return new AttachResult.AccountHasUser();
        }
        insert(tx, account, home, Optional.of(userId), inherited.closure());
        noteStanding(tx, account, home, inherited.standing());
        inherited.groupsBefore().ifPresent(groups -> noteGroupsBefore(tx, account, home, groups));
        audit.append(
                tx,
                new AuditEvent.UserAttached(account.value(), home.value(), userId, by.by()),
                by.address());
        return AttachResult.Attached.SIMPLY;
    }

    /// Whether the account has a user at this home who is older than the account, and who was not
    /// seen to be deleted there.
    boolean hasAttached(AccountId account, HomeId home) {
        return database.read(handle -> hasAttached(handle, account, home));
    }

    /// As [#hasAttached(AccountId, HomeId)], inside the caller's transaction.
    public boolean hasAttached(Handle tx, AccountId account, HomeId home) {
        return !isGone(tx, account, home) && isAttached(tx, account, home);
    }

    /// Whether the account has a user at any home who is older than the account.
    public boolean hasAttachedAnywhere(Handle handle, AccountId account) {
        return handle.createQuery(
                                """
                        SELECT COUNT(*) FROM home_user
                         WHERE account_id = :account AND is_attached = :attached
                        """)
                        .bind("account", account.value())
                        .bind("attached", true)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// Whether the user of an account was seen to be deleted in Home Assistant.
    public boolean isGone(Handle tx, AccountId account, HomeId home) {
        return known(tx, account, home)
                .filter(user -> user.standing() == Standing.GONE)
                .isPresent();
    }

    private static boolean isAttached(Handle tx, AccountId account, HomeId home) {
        return find(tx, account, home)
                .filter(
                        user ->
                                switch (user) {
                                    case HomeUser.Pending _ -> false;
                                    case HomeUser.Attaching _ -> true;
                                    case HomeUser.Ready ready -> ready.isAttached();
                                })
                .isPresent();
    }

    /// What an account had at a home.
    ///
    /// @param userId empty where there was no user yet
    /// @param hiddenName the user name of the hidden credential, which may be there or not
    public record Parted(Optional<String> userId, String hiddenName) {}

    /// Parts an account from its user at this home. Nobody here knows of the hidden credential any
    /// more, unless the caller leaves word of it.
    ///
    /// @return empty where it had none
    public Optional<Parted> part(Handle tx, AccountId account, HomeId home) {
        return tx.createQuery(
                        """
                        DELETE FROM home_user
                         WHERE account_id = :account AND home_id = :home
                        RETURNING ha_user_id, credential_username
                        """)
                .bind("account", account.value())
                .bind("home", home.value())
                .map(
                        (row, _) ->
                                new Parted(
                                        Optional.ofNullable(row.getString("ha_user_id")),
                                        row.getString("credential_username")))
                .findOne();
    }

    /// As [#part], in a transaction of its own.
    void forget(AccountId account, HomeId home) {
        database.change(tx -> part(tx, account, home));
    }

    /// At how many homes the account has a user.
    public int count(Handle tx, AccountId account) {
        return tx.createQuery("SELECT COUNT(*) FROM home_user WHERE account_id = :account")
                .bind("account", account.value())
                .mapTo(Integer.class)
                .one();
    }

    /// Closes the users of an account inside the caller's transaction: what is theirs in Home
    /// Assistant counts no more, until [#open] says so. How Home Assistant holds the user stays
    /// noted (attack: somebody whom its owner switched off is shut out here and let in again, and
    /// the gateway takes the user for one that it deactivated itself).
    ///
    /// @return the homes where the account has a user
    public List<HomeId> close(Handle tx, AccountId account) {
        return close(tx, account, "1 = 1", Map.of());
    }

    /// As [#close(Handle, AccountId)], at one home.
    public List<HomeId> close(Handle tx, AccountId account, HomeId home) {
        return close(tx, account, "home_id = :home", Map.of("home", home.value()));
    }

    private static List<HomeId> close(
            Handle tx, AccountId account, String condition, Map<String, String> values) {
        return tx.createQuery(
                        """
                        UPDATE home_user
                           SET is_closed = :closed, is_emptied = :emptied
                         WHERE account_id = :account AND
                        """
                                + condition
                                + " RETURNING home_id")
                .bind("closed", true)
                .bind("emptied", false)
                .bind("account", account.value())
                .bindMap(values)
                .map((row, _) -> new HomeId(row.getString("home_id")))
                .list();
    }

    /// The homes where the account's user is closed.
    public List<HomeId> closedHomesOf(Handle tx, AccountId account) {
        return tx.createQuery(
                        """
                        SELECT home_id FROM home_user
                         WHERE account_id = :account AND is_closed = :closed
                        """)
                .bind("account", account.value())
                .bind("closed", true)
                .map((row, _) -> new HomeId(row.getString("home_id")))
                .list();
    }

    /// Notes whether every token of a closed user was seen to end.
    ///
    /// @param isStillSo looked at in the same transaction; nothing is noted where it does not hold
    public void noteEmptied(
            AccountId account, HomeId home, boolean isEmptied, Predicate<Handle> isStillSo) {
        database.change(
                tx -> {
                    if (isStillSo.test(tx)) {
                        noteEmptied(tx, account, home, isEmptied);
                    }
                });
    }

    private static void noteEmptied(Handle tx, AccountId account, HomeId home, boolean isEmptied) {
        tx.createUpdate(
                        """
                        UPDATE home_user SET is_emptied = :emptied
                         WHERE account_id = :account AND home_id = :home
                           AND is_closed = :closed
                        """)
                .bind("emptied", isEmptied)
                .bind("closed", true)
                .bind("account", account.value())
                .bind("home", home.value())
                .execute();
    }

    /// Notes that a closed user may have a token after all.
    ///
    /// @param also what has to hold together with that
    public void noteDoubt(AccountId account, HomeId home, Consumer<Handle> also) {
        database.change(
                tx -> {
                    noteEmptied(tx, account, home, false);
                    also.accept(tx);
                });
    }

    /// Opens a user again who was seen to have no old token left, while the account is active, has
    /// a role at the home, and is in the epoch that was looked at: access that ends in between
    /// keeps it closed.
    ///
    /// @return whether the user is open now
    public boolean open(AccountId account, long epoch, HomeId home) {
        return database.inTransaction(
                tx ->
                        tx.createUpdate(
                                                """
                                                UPDATE home_user
                                                   SET is_closed = :closed
                                                 WHERE account_id = :account AND home_id = :home
                                                   AND EXISTS (SELECT 1 FROM account a
                                                                 JOIN role r ON r.account_id = a.id
                                                                WHERE a.id = :account
                                                                  AND a.epoch = :epoch
                                                                  AND a.state = 'active'
                                                                  AND r.home_id = :home)
                                                """)
                                        .bind("closed", false)
                                        .bind("account", account.value())
                                        .bind("home", home.value())
                                        .bind("epoch", epoch)
                                        .execute()
                                == 1);
    }

    /// Whether the account's user at a home is closed, and whether every old token is gone.
    public Closure closureOf(AccountId account, HomeId home) {
        return database.read(handle -> closureOf(handle, account, home));
    }

    public Closure closureOf(Handle handle, AccountId account, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT is_closed, is_emptied FROM home_user
                         WHERE account_id = :account AND home_id = :home
                        """)
                .bind("account", account.value())
                .bind("home", home.value())
                .map((row, _) -> closure(row))
                .findOne()
                .orElse(Closure.OPEN);
    }

    private static Closure closure(ResultSet row) throws SQLException {
        if (!row.getBoolean("is_closed")) {
            return Closure.OPEN;
        }
        return row.getBoolean("is_emptied") ? Closure.CLOSED_AND_EMPTY : Closure.CLOSED;
    }

    /// Every user of a home whom Home Assistant has named.
    public List<KnownUser> knownAt(HomeId home) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT account_id, ha_user_id, state, is_closed,
                                               is_emptied, standing
                                          FROM home_user
                                         WHERE home_id = :home AND ha_user_id IS NOT NULL
                                        """)
                                .bind("home", home.value())
                                .map((row, _) -> known(row))
                                .list());
    }

    /// As [#knownAt], of one account.
    public Optional<KnownUser> known(Handle handle, AccountId account, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT account_id, ha_user_id, state, is_closed, is_emptied, standing
                          FROM home_user
                         WHERE home_id = :home AND account_id = :account
                           AND ha_user_id IS NOT NULL
                        """)
                .bind("home", home.value())
                .bind("account", account.value())
                .map((row, _) -> known(row))
                .findOne();
    }

    private static KnownUser known(ResultSet row) throws SQLException {
        return new KnownUser(
                new AccountId(row.getString("account_id")),
                row.getString("ha_user_id"),
                row.getString("state").equals("ready"),
                closure(row),
                Standing.valueOf(row.getString("standing").toUpperCase(Locale.ROOT)));
    }

    /// How Home Assistant was last seen to hold the user of an account, where there is one.
    public Standing standingOf(AccountId account, HomeId home) {
        return database.read(handle -> known(handle, account, home))
                .map(KnownUser::standing)
                .orElse(Standing.PRESENT);
    }

    /// Notes how Home Assistant holds a user, inside the caller's transaction.
    public void noteStanding(Handle tx, AccountId account, HomeId home, Standing standing) {
        tx.createUpdate(
                        """
                        UPDATE home_user SET standing = :standing
                         WHERE account_id = :account AND home_id = :home
                        """)
                .bind("standing", standing.name().toLowerCase(Locale.ROOT))
                .bind("account", account.value())
                .bind("home", home.value())
                .execute();
    }

    /// Takes back that closed users of an account were switched off in Home Assistant: whoever lets
    /// the person in again may have them activated.
    public void forgetSwitchedOff(Handle tx, AccountId account) {
        tx.createUpdate(
                        """
                        UPDATE home_user SET standing = 'present'
                         WHERE account_id = :account AND is_closed = :closed
                           AND standing = 'inactive'
                        """)
                .bind("account", account.value())
                .bind("closed", true)
                .execute();
    }

    /// Whose user this is.
    public Optional<AccountId> accountOf(HomeId home, String userId) {
        return database.read(handle -> accountOf(handle, home, userId));
    }

    public Optional<AccountId> accountOf(Handle handle, HomeId home, String userId) {
        return handle.createQuery(
                        """
                        SELECT account_id FROM home_user
                         WHERE home_id = :home AND ha_user_id = :user
                        """)
                .bind("home", home.value())
                .bind("user", userId)
                .mapTo(String.class)
                .map(AccountId::new)
                .findOne();
    }

    /// Whether Home Assistant may have a user of the account's.
    public boolean isKnownAt(Handle handle, AccountId account, HomeId home) {
        return find(handle, account, home).isPresent();
    }

    /// The user of an account, once Home Assistant has named it.
    public Optional<String> userIdOf(AccountId account, HomeId home) {
        return database.read(handle -> find(handle, account, home))
                .flatMap(
                        user ->
                                switch (user) {
                                    case HomeUser.Pending _ -> Optional.empty();
                                    case HomeUser.Attaching attaching ->
                                            Optional.of(attaching.userId());
                                    case HomeUser.Ready ready -> Optional.of(ready.userId());
                                });
    }

    private static HomeUser fromRow(ResultSet row, StatementContext context) throws SQLException {
        HiddenName name =
                new HiddenName(
                        row.getString("credential_username"), row.getInt("credential_version"));
        String userId = row.getString("ha_user_id");
        boolean isAttached = row.getBoolean("is_attached");
        return switch (row.getString("state")) {
            case "ready" -> new HomeUser.Ready(name, userId, isAttached);
            case "pending" ->
                    isAttached ? new HomeUser.Attaching(name, userId) : new HomeUser.Pending(name);
            case String other -> throw new IllegalStateException("home_user.state " + other);
        };
    }
}
