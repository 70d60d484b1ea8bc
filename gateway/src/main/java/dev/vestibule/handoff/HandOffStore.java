package dev.vestibule.handoff;

import dev.vestibule.account.Account;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Proof;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `hand_off`: apps that wait for somebody to prove who they are. Safe to share
/// between threads.
///
/// A hand-off belongs to the browser of the app's page, known by its cookie: a code is good nowhere
/// else. It is counted how often one was typed, and nothing begins that count anew.
final class HandOffStore {

    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final Duration CODE_LIFETIME = Duration.ofMinutes(5);
    static final int TRIES_MAX = 5;

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final int countMax;

    /// @param countMax rows that there may be at once, over all homes
    HandOffStore(InstantSource time, Secrets secrets, Database database, int countMax) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.countMax = countMax;
    }

    /// What became of an app that wants to begin.
    sealed interface Opening {

        record Begun(ShortCode link) implements Opening {}

        /// The same page again: loaded anew, or in a second tab. Apps load theirs again when the
        /// system stopped them while the person was away, and the code must then still be good.
        record Continued(ShortCode link) implements Opening {}

        record TooMany() implements Opening {}
    }

    Opening open(Visitor visitor, Browser browser, ClientRequest app, String device) {
        Instant now = time.instant();
        String request = new Destination.Client(app).stored();
        return database.inTransaction(
                tx -> {
                    Optional<ShortCode> same = prolong(tx, visitor, browser, request, now);
                    if (same.isPresent()) {
                        return new Opening.Continued(same.get());
                    }
                    ShortCode link = ShortCode.random(secrets);
                    return insert(tx, visitor, browser, request, device, link, now)
                            ? new Opening.Begun(link)
                            : new Opening.TooMany();
                });
    }

    private static Optional<ShortCode> prolong(
            Handle tx, Visitor visitor, Browser browser, String request, Instant now) {
        return tx.createQuery(
                        """
                        UPDATE hand_off SET expires_at = :expires
                         WHERE browser_hash = :browser AND home_id = :home
                           AND request = :request AND expires_at > :now
                        RETURNING link
                        """)
                .bind("expires", now.plus(LIFETIME).toEpochMilli())
                .bind("browser", browser.hash().hex())
                .bind("home", visitor.home().value())
                .bind("request", request)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .map(ShortCode::new)
                .findFirst();
    }

    private boolean insert(
            Handle tx,
            Visitor visitor,
            Browser browser,
            String request,
            String device,
            ShortCode link,
            Instant now) {
        return tx.createUpdate(
                                """
                                INSERT INTO hand_off
                                       (link, browser_hash, home_id, request, device,
                                        address, tries, begun_at, expires_at)
                                SELECT :link, :browser, :home, :request, :device,
                                       :address, 0, :now, :expires
                                 WHERE (SELECT COUNT(*) FROM hand_off
                                         WHERE expires_at > :now) < :max
                                """)
                        .bind("link", link.value())
                        .bind("browser", browser.hash().hex())
                        .bind("home", visitor.home().value())
                        .bind("request", request)
                        .bind("device", device)
                        .bind("address", visitor.address())
                        .bind("now", now.toEpochMilli())
                        .bind("expires", now.plus(LIFETIME).toEpochMilli())
                        .bind("max", countMax)
                        .execute()
                == 1;
    }

    /// For whoever read its link somewhere.
    Optional<HandOff> find(ShortCode link, HomeId home) {
        Instant now = time.instant();
        return database.read(handle -> find(handle, link, home, now));
    }

    private static Optional<HandOff> find(Handle handle, ShortCode link, HomeId home, Instant now) {
        return handle.createQuery(
                        "SELECT "
                                + HandOffRow.COLUMNS
                                + """
                                  FROM hand_off
                                 WHERE link = :link AND home_id = :home AND expires_at > :now
                                """)
                .bind("link", link.value())
                .bind("home", home.value())
                .bind("now", now.toEpochMilli())
                .map((row, _) -> HandOffRow.of(row).handOff(now.toEpochMilli()))
                .findOne();
    }

    /// For the app's page.
    Optional<HandOff> find(ShortCode link, HomeId home, Browser browser) {
        long now = time.instant().toEpochMilli();
        return database.read(
                handle ->
                        handle.createQuery(
                                        "SELECT "
                                                + HandOffRow.COLUMNS
                                                + """
                                                  FROM hand_off
                                                 WHERE link = :link AND home_id = :home
                                                   AND browser_hash = :browser
                                                   AND expires_at > :now
                                                """)
                                .bind("link", link.value())
                                .bind("home", home.value())
                                .bind("browser", browser.hash().hex())
                                .bind("now", now)
                                .map((row, _) -> HandOffRow.of(row).handOff(now))
                                .findOne());
    }

    /// Makes the code for somebody who proved who they are, in place of an earlier one of theirs.
    /// Runs inside the caller's transaction.
    ///
    /// Attack: somebody of the house reads the link over a shoulder and signs in as well, so that
    /// the code of whoever the app belongs to is worth nothing.
    Confirmation confirm(Handle tx, HandOff handOff, HomeId home, Account account, Proof proof) {
        Instant now = time.instant();
        ShortCode code = ShortCode.random(secrets);
        boolean isMade =
                tx.createUpdate(
                                        """
                                        UPDATE hand_off
                                           SET code_hash = :code, account_id = :account,
                                               account_epoch = :epoch, way = :way,
                                               proof_key = :key,
                                               code_expires_at = :until
                                         WHERE link = :link AND home_id = :home
                                           AND expires_at > :now
                                           AND (account_id IS NULL OR account_id = :account
                                                OR code_expires_at <= :now)
                                        """)
                                .bind("code", HandOffRow.hash(handOff.link(), code).hex())
                                .bind("account", account.id().value())
                                .bind("epoch", account.epoch())
                                .bind("way", proof.way().name())
                                .bind("key", proof.key())
                                .bind("until", now.plus(CODE_LIFETIME).toEpochMilli())
                                .bind("link", handOff.link().value())
                                .bind("home", home.value())
                                .bind("now", now.toEpochMilli())
                                .execute()
                        == 1;
        if (isMade) {
            return new Confirmation.Made(code);
        }
        return find(tx, handOff.link(), home, now).isPresent()
                ? new Confirmation.Taken()
                : new Confirmation.Over();
    }

    /// Holds a code against the one that was given. The right one is used up.
    TypedCode type(ShortCode link, ShortCode code, HomeId home, Browser browser) {
        Instant now = time.instant();
        // Attack: a flood of made-up hand-offs keeps the one writer busy.
        if (find(link, home, browser).isEmpty()) {
            return new TypedCode.Over();
        }
        return database.inTransaction(
                tx ->
                        count(tx, link, home, browser, now)
                                .map(row -> judge(tx, row, code, now.toEpochMilli()))
                                .orElseGet(TypedCode.Over::new));
    }

    /// Counts first, so that guesses at the same moment cannot be more than were allowed.
    private static Optional<HandOffRow> count(
            Handle tx, ShortCode link, HomeId home, Browser browser, Instant now) {
        return tx.createQuery(
                        """
                        UPDATE hand_off SET tries = tries + 1
                         WHERE link = :link AND home_id = :home AND browser_hash = :browser
                           AND expires_at > :now AND tries < :max
                        RETURNING
                        """
                                + HandOffRow.COLUMNS)
                .bind("link", link.value())
                .bind("home", home.value())
                .bind("browser", browser.hash().hex())
                .bind("now", now.toEpochMilli())
                .bind("max", TRIES_MAX)
                .map((row, _) -> HandOffRow.of(row))
                .findOne();
    }

    private static TypedCode judge(Handle tx, HandOffRow row, ShortCode code, long now) {
        Optional<HandOffRow.Code> given = row.codeAt(now);
        HandOff handOff = row.handOff(now);
        if (given.isPresent() && given.get().is(handOff.link(), code)) {
            delete(tx, handOff.link());
            return new TypedCode.Right(
                    handOff, given.get().account(), given.get().epoch(), given.get().proof());
        }
        int left = TRIES_MAX - row.tries();
        if (left == 0) {
            delete(tx, handOff.link());
        }
        return given.isEmpty()
                ? new TypedCode.NoneGiven(handOff, left)
                : new TypedCode.Wrong(handOff, left);
    }

    private static void delete(Handle tx, ShortCode link) {
        tx.createUpdate("DELETE FROM hand_off WHERE link = :link")
                .bind("link", link.value())
                .execute();
    }

    int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM hand_off WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
