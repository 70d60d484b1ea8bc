package dev.vestibule.passkey;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.admission.LoginDispatcher;
import dev.vestibule.admission.Stopover;
import dev.vestibule.passkey.RegistrationCeremony.Enroller;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SignInWay;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks people about passkeys that were added in their name, when they come in next. Owns the table
/// `new_passkey`. Safe to share between threads.
///
/// Attack I2: whoever has a session for a moment makes themselves a key that stays. The browser
/// that added it cannot answer, nor can a session that began with any passkey which waits for an
/// answer (two such keys would vouch for each other), so that the person is asked.
public final class NewPasskeys implements Stopover {

    /// Whose sessions began with a passkey; their `sid` is its id.
    static final Issuer ISSUER = LoginDispatcher.ownIssuer(SignInWay.PASSKEY);

    private static final int DEVICE_LENGTH_MAX = 200;

    private final Database database;
    private final SessionService sessions;

    public NewPasskeys(Database database, SessionService sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    @Override
    public Optional<String> page(Guest guest, Visitor visitor, Destination destination) {
        return leadsHome(destination)
                        && guest.holder() instanceof Guest.Holder.OfSession(var session)
                        && unseenBy(session, visitor).isPresent()
                ? Optional.of(PasskeyPaths.NEW)
                : Optional.empty();
    }

    /// A program or an app waits for its answer, and is not held up.
    private static boolean leadsHome(Destination destination) {
        return switch (destination) {
            case Destination.Page _ -> true;
            case Destination.Client(var client) -> client.kind().isBoundToSession();
            case Destination.HandOff _ -> false;
        };
    }

    /// A passkey of the session's person about which this session may answer.
    Optional<NewPasskey> unseenBy(LiveSession session, Visitor visitor) {
        return database.read(
                handle ->
                        hasBegunByOne(handle, session)
                                ? Optional.empty()
                                : unseenBy(handle, session, browserOf(visitor)));
    }

    /// Whether a session began with a passkey about which its person has not been asked yet. Such a
    /// session may belong to whoever added that passkey.
    boolean hasBegunByOne(LiveSession session) {
        return database.read(handle -> hasBegunByOne(handle, session));
    }

    private boolean hasBegunByOne(Handle handle, LiveSession session) {
        return session.way() == SignInWay.PASSKEY
                && idsOf(handle, session.account()).stream()
                        .flatMap(
                                id ->
                                        sessions
                                                .ofProviderSession(handle, ISSUER, id.value())
                                                .stream())
                        .anyMatch(begun -> begun.id().equals(session.id()));
    }

    /// What waits for an answer, the oldest first.
    static List<PasskeyId> idsOf(Handle handle, AccountId account) {
        return handle.createQuery(
                        """
                        SELECT passkey_id FROM new_passkey
                         WHERE account_id = :account
                         ORDER BY passkey_id
                        """)
                .bind("account", account.value())
                .mapTo(String.class)
                .map(PasskeyId::new)
                .list();
    }

    /// What stays the same when a browser signs out and in again, for as long as it keeps the
    /// cookie.
    ///
    /// @return the hash of its pre-login cookie; empty where it sent none
    static String browserOf(Visitor visitor) {
        return Browser.find(visitor).map(browser -> browser.hash().hex()).orElse("");
    }

    private static Optional<NewPasskey> unseenBy(
            Handle handle, LiveSession session, String browser) {
        return handle
                .createQuery(
                        """
                        SELECT p.id, p.name, n.address, n.device, p.created_at
                          FROM new_passkey n
                          JOIN passkey p ON p.id = n.passkey_id
                         WHERE n.account_id = :account
                           AND n.session_id <> :session
                           AND (n.browser_hash = '' OR n.browser_hash <> :browser)
                         ORDER BY p.id
                        """)
                .bind("account", session.account().value())
                .bind("session", session.id().value())
                .bind("browser", browser)
                .map(NewPasskeys::fromRow)
                .list()
                .stream()
                .findFirst();
    }

    /// Notes a passkey that was just added.
    static void note(Handle tx, CredentialRecord passkey, Enroller who) {
        String device = who.device();
        tx.createUpdate(
                        """
                        INSERT INTO new_passkey
                               (passkey_id, account_id, session_id, browser_hash, address, device)
                        VALUES (:passkey, :account, :session, :browser, :address, :device)
                        """)
                .bind("passkey", passkey.id().value())
                .bind("account", passkey.account().value())
                .bind("session", who.session().value())
                .bind("browser", who.browser())
                .bind("address", who.address())
                .bind("device", device.substring(0, Math.min(device.length(), DEVICE_LENGTH_MAX)))
                .execute();
    }

    /// The person says that it is theirs.
    void confirm(AccountId account, PasskeyId passkey) {
        database.change(tx -> forget(tx, account, passkey));
    }

    /// Nobody is asked any more.
    static void forget(Handle tx, AccountId account, PasskeyId passkey) {
        tx.createUpdate(
                        """
                        DELETE FROM new_passkey
                         WHERE passkey_id = :passkey AND account_id = :account
                        """)
                .bind("passkey", passkey.value())
                .bind("account", account.value())
                .execute();
    }

    static void forgetAllOf(Handle tx, AccountId account) {
        tx.createUpdate("DELETE FROM new_passkey WHERE account_id = :account")
                .bind("account", account.value())
                .execute();
    }

    private static NewPasskey fromRow(ResultSet row, StatementContext context) throws SQLException {
        return new NewPasskey(
                new PasskeyId(row.getString("id")),
                row.getString("name"),
                row.getString("address"),
                row.getString("device"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
