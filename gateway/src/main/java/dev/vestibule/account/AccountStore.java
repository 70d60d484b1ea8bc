package dev.vestibule.account;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherers;

/// Owns the tables `account`, `identity` and `role`. Safe to share between threads.
///
/// Methods that take a `Handle` run inside the caller's transaction.
///
/// A home that is configured no more keeps its roles, since it may come back, and they count for
/// nothing meanwhile: nobody could take them away from anybody. (Attack: somebody who was its last
/// administrator could never be shut out.)
public final class AccountStore {

    static final String COLUMNS =
            "a.id, a.username, a.display_name, a.origin, a.state, a.epoch, a.last_seen_at";

    private static final int VALUES_MAX = 1_000;

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Set<HomeId> homes;
    private final IdentityStore identities;
    private final SuspensionStore suspensions = new SuspensionStore();
    private final RoleHolds holds = new RoleHolds();

    /// @param homes those that are configured, one at least
    public AccountStore(InstantSource time, Secrets secrets, Database database, Set<HomeId> homes) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.homes = Set.copyOf(homes);
        this.identities = new IdentityStore(time);
        database.read(AccountStore::heldRoles)
                .forEach(role -> holds.hold(role.account(), role.home()));
    }

    /// Who signs in at which provider as which account.
    public IdentityStore identities() {
        return identities;
    }

    /// The homes whose roles count: those that are configured.
    public Set<HomeId> homes() {
        return homes;
    }

    private List<String> homeIds() {
        return homes.stream().map(HomeId::value).toList();
    }

    private record HeldRole(AccountId account, HomeId home) {}

    private static List<HeldRole> heldRoles(Handle handle) {
        return handle.createQuery("SELECT account_id, home_id FROM role WHERE is_held = :held")
                .bind("held", true)
                .map(
                        (row, _) ->
                                new HeldRole(
                                        new AccountId(row.getString("account_id")),
                                        new HomeId(row.getString("home_id"))))
                .list();
    }

    public Optional<Account> find(AccountId id) {
        return database.read(handle -> find(handle, id));
    }

    public Optional<Account> find(Handle handle, AccountId id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM account a WHERE a.id = :id")
                .bind("id", id.value())
                .map(AccountStore::fromRow)
                .findOne();
    }

    public Optional<Account> find(Subject subject) {
        return database.read(handle -> find(handle, subject));
    }

    public Optional<Account> find(Handle handle, Subject subject) {
        return handle.createQuery(
                        "SELECT "
                                + COLUMNS
                                + """
                                  FROM account a
                                  JOIN identity i ON i.account_id = a.id
                                 WHERE i.issuer = :issuer AND i.subject = :subject
                                """)
                .bind("issuer", subject.issuer().value())
                .bind("subject", subject.value())
                .map(AccountStore::fromRow)
                .findOne();
    }

    public List<Account> list() {
        return database.read(
                handle ->
                        handle.createQuery(
                                        "SELECT "
                                                + COLUMNS
                                                + " FROM account a ORDER BY a.username, a.id")
                                .map(AccountStore::fromRow)
                                .list());
    }

    /// Finds the account of a subject, or makes it, and notes what the provider says today. Two
    /// first sign-ins at once make one account.
    public Account admit(Subject subject, Profile profile) {
        return database.inTransaction(tx -> admit(tx, subject, profile));
    }

    /// As [#admit(Subject, Profile)], inside the caller's transaction.
    public Account admit(Handle tx, Subject subject, Profile profile) {
        return admit(tx, subject, profile, AccountOrigin.OIDC);
    }

    /// As [#admit(Handle, Subject, Profile)].
    ///
    /// @param origin how an account that has to be made came to be
    public Account admit(Handle tx, Subject subject, Profile profile, AccountOrigin origin) {
        Account account =
                find(tx, subject).orElseGet(() -> createFor(tx, subject, profile, origin));
        noteSignIn(tx, account.id(), subject, profile);
        return find(tx, account.id()).orElseThrow();
    }

    private Account createFor(Handle tx, Subject subject, Profile profile, AccountOrigin origin) {
        Account account = create(tx, profile, origin);
        identities.link(tx, subject, account.id());
        return account;
    }

    public Account create(Handle tx, Profile profile, AccountOrigin origin) {
        Instant now = time.instant();
        AccountId id = new AccountId(secrets.randomId(time).toString());
        tx.createUpdate(
                        """
                        INSERT INTO account
                               (id, username, display_name, origin, state, epoch,
                                created_at, last_seen_at)
                        VALUES (:id, :username, :name, :origin, 'active', :epoch,
                                :now, :now)
                        """)
                .bind("id", id.value())
                .bind("username", profile.username())
                .bind("name", profile.displayName())
                .bind("origin", lower(origin))
                .bind("epoch", Account.FIRST_EPOCH)
                .bind("now", now.toEpochMilli())
                .execute();
        return find(tx, id).orElseThrow();
    }

    private void noteSignIn(Handle tx, AccountId id, Subject subject, Profile profile) {
        rename(tx, id, profile);
        tx.createUpdate("UPDATE account SET last_seen_at = :now WHERE id = :id")
                .bind("now", time.instant().toEpochMilli())
                .bind("id", id.value())
                .execute();
        identities.noteSignIn(tx, subject);
    }

    /// Notes what somebody who decides about a person calls them today.
    public void rename(Handle tx, AccountId id, Profile profile) {
        tx.createUpdate(
                        """
                        UPDATE account SET username = :username, display_name = :name
                         WHERE id = :id
                        """)
                .bind("username", profile.username())
                .bind("name", profile.displayName())
                .bind("id", id.value())
                .execute();
    }

    /// Notes that an identity system decides about an account from now on, wherever it came from. A
    /// wall tablet and the emergency administrator stay what they are (attack: a tablet that was
    /// given to an identity system is bound to its network no more).
    public void giveToDirectory(Handle tx, AccountId id) {
        tx.createUpdate(
                        """
                        UPDATE account SET origin = 'scim'
                         WHERE id = :id AND origin NOT IN ('kiosk', 'break_glass')
                        """)
                .bind("id", id.value())
                .execute();
    }

    /// Sets the role at a home. What a change of it means is for the room `revocation` to do.
    ///
    /// @param isHeld whether the person's tokens wait until Home Assistant knows; whoever sets it
    ///   calls [#hold] once the transaction holds
    public void assignRole(Handle tx, AccountId id, HomeId home, Role role, boolean isHeld) {
        dropRole(tx, id, home);
        tx.createUpdate(
                        """
                        INSERT INTO role (account_id, home_id, role, is_held)
                        VALUES (:account, :home, :role, :held)
                        """)
                .bind("account", id.value())
                .bind("home", home.value())
                .bind("role", lower(role))
                .bind("held", isHeld)
                .execute();
    }

    /// Takes the role at a home away.
    public void dropRole(Handle tx, AccountId id, HomeId home) {
        tx.createUpdate("DELETE FROM role WHERE account_id = :account AND home_id = :home")
                .bind("account", id.value())
                .bind("home", home.value())
                .execute();
    }

    /// Whether the tokens of a person wait at a home until Home Assistant knows their lesser role.
    /// Never waits.
    public boolean isRoleHeld(AccountId id, HomeId home) {
        return holds.isHeld(id, home);
    }

    /// Makes the tokens of a person wait, after the transaction that said so.
    public void hold(AccountId id, HomeId home) {
        holds.hold(id, home);
    }

    /// Home Assistant has given the person's user the group of this role. Where the role is another
    /// by now, nothing changes.
    public void roleAgreed(AccountId id, HomeId home, Role role) {
        // The store too: a hold that was just written may not be in memory yet.
        if (!holds.isHeld(id, home) && !database.read(handle -> isHeld(handle, id, home))) {
            return;
        }
        database.inTransaction(
                tx ->
                        tx.createUpdate(
                                        """
                                        UPDATE role SET is_held = :held
                                         WHERE account_id = :account AND home_id = :home
                                           AND role = :role
                                        """)
                                .bind("held", false)
                                .bind("account", id.value())
                                .bind("home", home.value())
                                .bind("role", lower(role))
                                .execute(),
                changed -> {
                    if (changed == 1) {
                        holds.release(id, home);
                    }
                });
    }

    private static boolean isHeld(Handle handle, AccountId id, HomeId home) {
        return heldRoles(handle).contains(new HeldRole(id, home));
    }

    /// Those of some accounts that may come in: active, and with a role at some home of ours.
    public Set<AccountId> withAccess(Handle handle, Set<AccountId> of) {
        return active(handle, of, "EXISTS");
    }

    /// Which of these accounts are active and have no role at any home of ours.
    public Set<AccountId> withoutRole(Handle handle, Set<AccountId> of) {
        return active(handle, of, "NOT EXISTS");
    }

    private Set<AccountId> active(Handle handle, Set<AccountId> of, String exists) {
        Set<AccountId> found = new HashSet<>();
        for (List<AccountId> part : parts(of)) {
            handle.createQuery(
                            """
                            SELECT a.id FROM account a
                             WHERE a.id IN (<ids>) AND a.state = 'active'
                               AND <exists> (SELECT 1 FROM role r
                                              WHERE r.account_id = a.id
                                                AND r.home_id IN (<homes>))
                            """)
                    .define("exists", exists)
                    .bindList("ids", part.stream().map(AccountId::value).toList())
                    .bindList("homes", homeIds())
                    .map((row, _) -> new AccountId(row.getString("id")))
                    .forEach(found::add);
        }
        return found;
    }

    /// A statement takes only so many values.
    private static List<List<AccountId>> parts(Set<AccountId> of) {
        return of.stream().gather(Gatherers.windowFixed(VALUES_MAX)).toList();
    }

    /// Whether an active account is an administrator of the home. An emergency administrator is
    /// none: nobody comes in as one without the console.
    public boolean hasAdministrator(Handle handle, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT 1 FROM role r JOIN account a ON a.id = r.account_id
                         WHERE r.home_id = :home AND r.role = 'admin' AND a.state = 'active'
                           AND a.origin <> 'break_glass'
                         LIMIT 1
                        """)
                .bind("home", home.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    public Optional<Role> roleOf(AccountId id, HomeId home) {
        return database.read(handle -> roleOf(handle, id, home));
    }

    public Optional<Role> roleOf(Handle handle, AccountId id, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT role FROM role
                         WHERE account_id = :account AND home_id = :home
                        """)
                .bind("account", id.value())
                .bind("home", home.value())
                .mapTo(String.class)
                .map(text -> Role.valueOf(text.toUpperCase(Locale.ROOT)))
                .findOne();
    }

    /// Whether an account may be at a home, and as what.
    public Entitlement entitlementOf(Handle handle, AccountId id, HomeId home) {
        return entitlements(handle, home, "a.id = :id", Map.of("id", id.value()))
                .getOrDefault(id, new Entitlement.None());
    }

    public Entitlement entitlementOf(AccountId id, HomeId home) {
        return database.read(handle -> entitlementOf(handle, id, home));
    }

    /// As [#entitlementOf], of every account that may be at the home.
    public Map<AccountId, Entitlement> entitlementsAt(HomeId home) {
        return database.read(handle -> entitlements(handle, home, "1 = 1", Map.of()));
    }

    private static Map<AccountId, Entitlement> entitlements(
            Handle handle, HomeId home, String condition, Map<String, String> values) {
        Map<AccountId, Entitlement> found = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT a.id, r.role,
                               a.origin = 'scim'
                                   OR EXISTS (SELECT 1 FROM identity i WHERE i.account_id = a.id)
                                   AS is_vouched_for
                          FROM account a
                          JOIN role r ON r.account_id = a.id AND r.home_id = :home
                         WHERE a.state = 'active' AND
                        """
                                + condition)
                .bind("home", home.value())
                .bindMap(values)
                .map((row, _) -> Map.entry(new AccountId(row.getString("id")), entitlement(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Entitlement entitlement(ResultSet row) throws SQLException {
        return new Entitlement.As(
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getBoolean("is_vouched_for"));
    }

    /// Deletes an account of which nothing is left but its roles.
    public void delete(Handle tx, AccountId id) {
        suspensions.forget(tx, id);
        tx.createUpdate("DELETE FROM role WHERE account_id = :account")
                .bind("account", id.value())
                .execute();
        tx.createUpdate("DELETE FROM account WHERE id = :account")
                .bind("account", id.value())
                .execute();
    }

    /// A home of ours where this account is active and an administrator, and no other one is. Who
    /// is suspended administers nothing, and an emergency administrator counts for nobody: both may
    /// always go.
    public Optional<HomeId> soleAdministratorOf(Handle tx, AccountId id) {
        return tx.createQuery(
                        """
                        SELECT r.home_id FROM role r
                          JOIN account self ON self.id = r.account_id
                         WHERE r.account_id = :id AND r.role = 'admin'
                           AND self.state = 'active' AND self.origin <> 'break_glass'
                           AND r.home_id IN (<homes>)
                           AND NOT EXISTS (SELECT 1 FROM role other
                                             JOIN account a ON a.id = other.account_id
                                            WHERE other.home_id = r.home_id
                                              AND other.account_id <> :id
                                              AND other.role = 'admin'
                                              AND a.state = 'active'
                                              AND a.origin <> 'break_glass')
                         ORDER BY r.home_id
                         LIMIT 1
                        """)
                .bind("id", id.value())
                .bindList("homes", homeIds())
                .mapTo(String.class)
                .map(HomeId::new)
                .findOne();
    }

    /// Notes that somebody says that an account is suspended: an active one is from now on, and its
    /// epoch is raised. What else that means is for the room `revocation` to do, which alone calls
    /// this and its like below.
    public void suspend(Handle tx, AccountId id, SuspendedBy by) {
        suspensions.say(tx, id, by);
    }

    /// Takes back what somebody said about a suspended account, see [SuspendedBy]. Where nobody
    /// else says so it is active again, and its epoch is raised.
    ///
    /// @return false where it is not suspended, or not by this word, or still by another
    public boolean restore(Handle tx, AccountId id, SuspendedBy by) {
        return suspensions.takeBack(tx, id, by);
    }

    /// On whose word the account is suspended; nobody's where it is not.
    public Set<SuspendedBy> suspendedBy(Handle handle, AccountId id) {
        return suspensions.of(handle, id);
    }

    /// Parts an account from everything that leads to it: identities and roles.
    public void remove(Handle tx, AccountId id) {
        tx.createUpdate(
                        """
                        UPDATE account
                           SET state = 'removed', epoch = epoch + 1
                         WHERE id = :id
                        """)
                .bind("id", id.value())
                .execute();
        suspensions.forget(tx, id);
        tx.createUpdate("DELETE FROM identity WHERE account_id = :id")
                .bind("id", id.value())
                .execute();
        tx.createUpdate("DELETE FROM role WHERE account_id = :id").bind("id", id.value()).execute();
    }

    /// Voids what was begun before: sessions, grants and codes of the epoch that ends.
    public void raiseEpoch(Handle tx, AccountId id) {
        tx.createUpdate("UPDATE account SET epoch = epoch + 1 WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Account fromRow(ResultSet row, StatementContext context) throws SQLException {
        return new Account(
                new AccountId(row.getString("id")),
                row.getString("username"),
                row.getString("display_name"),
                AccountOrigin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                AccountState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("epoch"),
                Instant.ofEpochMilli(row.getLong("last_seen_at")));
    }
}
