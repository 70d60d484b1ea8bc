package dev.vestibule.leave;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Owns the table `new_login`. Each login is written here before Home Assistant hears of it, so
/// that none is lost whenever the process ends. Safe to share between threads.
public final class NewLogins {

    /// Without letters and digits that look alike. A power of two, so that each is as likely.
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    /// 100 bits, which people can type from paper.
    private static final int LENGTH = 20;

    private static final int GROUP = 5;

    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;
    private final AuditLog audit;

    public NewLogins(Secrets secrets, Database database, Sealer sealer, AuditLog audit) {
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
        this.audit = audit;
    }

    Optional<NewLogin> find(HomeId home, AccountId account) {
        return list(home).stream().filter(login -> login.account().equals(account)).findFirst();
    }

    List<NewLogin> list(HomeId home) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT account_id, username, password_sealed, is_given
                                          FROM new_login
                                         WHERE home_id = :home
                                         ORDER BY username, account_id
                                        """)
                                .bind("home", home.value())
                                .map((row, _) -> fromRow(home, row))
                                .list());
    }

    private NewLogin fromRow(HomeId home, ResultSet row) throws SQLException {
        AccountId account = new AccountId(row.getString("account_id"));
        return new NewLogin(
                account,
                row.getString("username"),
                sealer.open(row.getString("password_sealed"), place(home, account)),
                row.getBoolean("is_given"));
    }

    /// Begins a login with a password that nobody knows yet.
    NewLogin begin(HomeId home, AccountId account, String username) {
        Secret password = password();
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO new_login
                                               (home_id, account_id, username, password_sealed,
                                                is_given)
                                        VALUES (:home, :account, :username, :password, :given)
                                        """)
                                .bind("home", home.value())
                                .bind("account", account.value())
                                .bind("username", username)
                                .bind("password", sealer.seal(password, place(home, account)))
                                .bind("given", false)
                                .execute());
        return new NewLogin(account, username, password, false);
    }

    private Secret password() {
        byte[] random = secrets.randomBytes(LENGTH);
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random[i] & (ALPHABET.length() - 1)));
        }
        return new Secret(password.toString());
    }

    /// Another user name for a login that Home Assistant has not got yet.
    NewLogin rename(HomeId home, NewLogin login, String username) {
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        UPDATE new_login SET username = :username
                                         WHERE home_id = :home AND account_id = :account
                                        """)
                                .bind("username", username)
                                .bind("home", home.value())
                                .bind("account", login.account().value())
                                .execute());
        return new NewLogin(login.account(), username, login.password(), false);
    }

    /// Notes that the user was seen to have the login.
    void noteGiven(HomeId home, NewLogin login, String userId) {
        database.change(
                tx -> {
                    tx.createUpdate(
                                    """
                                    UPDATE new_login SET is_given = :given
                                     WHERE home_id = :home AND account_id = :account
                                    """)
                            .bind("given", true)
                            .bind("home", home.value())
                            .bind("account", login.account().value())
                            .execute();
                    audit.append(
                            tx,
                            new AuditEvent.LoginGiven(
                                    login.account().value(),
                                    home.value(),
                                    userId,
                                    login.username()),
                            HouseLeaving.CONSOLE);
                });
    }

    /// Forgets the login of somebody who may have none after all, and that nobody has got yet.
    void forget(HomeId home, AccountId account) {
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        DELETE FROM new_login
                                         WHERE home_id = :home AND account_id = :account
                                        """)
                                .bind("home", home.value())
                                .bind("account", account.value())
                                .execute());
    }

    /// Forgets all of a home, inside the caller's transaction. The operator's file has them.
    void forgetAll(Handle tx, HomeId home) {
        tx.createUpdate("DELETE FROM new_login WHERE home_id = :home")
                .bind("home", home.value())
                .execute();
    }

    private static Sealer.Place place(HomeId home, AccountId account) {
        return new Sealer.Place(
                "new_login", home.value() + "/" + account.value(), "password_sealed");
    }
}
