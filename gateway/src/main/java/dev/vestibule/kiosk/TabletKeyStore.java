package dev.vestibule.kiosk;

import dev.vestibule.account.Account;
import dev.vestibule.config.HomeId;
import dev.vestibule.kiosk.KioskPending.Waiting;
import dev.vestibule.kiosk.Kiosks.Kiosk;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Owns the table `kiosk_key`: keys of tablets that an administrator approved. Safe to share
/// between threads.
public final class TabletKeyStore {

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;

    public TabletKeyStore(InstantSource time, Secrets secrets, Database database) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
    }

    /// A key as lists show it.
    ///
    /// @param device what the browser called itself when it was approved
    /// @param approverId the account of the administrator; empty where the key is older than that
    /// @param approvedBy the user name that the administrator had
    public record Listed(
            String id,
            HomeId home,
            String kiosk,
            String device,
            String approverId,
            String approvedBy,
            Instant createdAt,
            Instant lastUsedAt) {}

    /// @param next where the next page begins; empty where this is the last one
    public record Found(List<Listed> keys, Optional<Cursor> next) {
        public Found {
            keys = List.copyOf(keys);
        }
    }

    /// The same key approved twice is one key.
    void add(Handle tx, Waiting key, Account by) {
        long now = time.instant().toEpochMilli();
        tx.createUpdate(
                        """
                        INSERT INTO kiosk_key
                               (id, home_id, kiosk, public_key, device,
                                approver_id, approved_by, created_at, last_used_at)
                        VALUES (:id, :home, :kiosk, :key, :device, :approver, :by, :now, :now)
                            ON CONFLICT (home_id, kiosk, public_key) DO NOTHING
                        """)
                .bind("id", secrets.randomId(time).toString())
                .bind("home", key.home().value())
                .bind("kiosk", key.kiosk())
                .bind("key", key.publicKey())
                .bind("device", key.device())
                .bind("approver", by.id().value())
                .bind("by", by.username())
                .bind("now", now)
                .execute();
    }

    /// Notes that a key was used.
    ///
    /// @return its id; empty where it is not the tablet's
    Optional<String> use(Kiosk kiosk, TabletKey key) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        UPDATE kiosk_key
                                           SET last_used_at = :now
                                         WHERE home_id = :home AND kiosk = :kiosk
                                           AND public_key = :key
                                        RETURNING id
                                        """)
                                .bind("now", now)
                                .bind("home", kiosk.home().value())
                                .bind("kiosk", kiosk.config().name())
                                .bind("key", key.encoded())
                                .mapTo(String.class)
                                .findOne());
    }

    /// Whether a key has not been removed.
    public boolean isThere(Handle handle, String id) {
        return handle.createQuery("SELECT 1 FROM kiosk_key WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Whether an administrator approved any for the tablet.
    boolean hasAny(Kiosk kiosk) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM kiosk_key
                                         WHERE home_id = :home AND kiosk = :kiosk
                                         LIMIT 1
                                        """)
                                .bind("home", kiosk.home().value())
                                .bind("kiosk", kiosk.config().name())
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    /// Reads keys page by page, those first that were approved last.
    ///
    /// @param homes only at one of these
    /// @param max how many at most
    public Found page(Set<HomeId> homes, Cursor after, int max) {
        List<Listed> found = database.read(handle -> page(handle, homes, after, max + 1));
        List<Listed> keys = found.subList(0, Math.min(found.size(), max));
        return new Found(
                keys,
                found.size() > max
                        ? Optional.of(
                                new Cursor(
                                        keys.getLast().createdAt().toEpochMilli(),
                                        keys.getLast().id()))
                        : Optional.empty());
    }

    private static List<Listed> page(Handle handle, Set<HomeId> homes, Cursor after, int max) {
        return handle.createQuery(
                        """
                        SELECT id, home_id, kiosk, device,
                               approver_id, approved_by, created_at, last_used_at
                          FROM kiosk_key
                         WHERE home_id IN (<homes>) AND (created_at, id) < (:at, :id)
                         ORDER BY created_at DESC, id DESC
                         LIMIT :max
                        """)
                .bindList("homes", homes.stream().map(HomeId::value).toList())
                .bind("at", after.at())
                .bind("id", after.id())
                .bind("max", max)
                .map((row, _) -> listed(row))
                .list();
    }

    public Optional<Listed> find(String id) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id, home_id, kiosk, device,
                                               approver_id, approved_by, created_at, last_used_at
                                          FROM kiosk_key
                                         WHERE id = :id
                                        """)
                                .bind("id", id)
                                .map((row, _) -> listed(row))
                                .findOne());
    }

    public List<Listed> list() {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id, home_id, kiosk, device,
                                               approver_id, approved_by, created_at, last_used_at
                                          FROM kiosk_key
                                         ORDER BY home_id, kiosk, created_at
                                        """)
                                .map((row, _) -> listed(row))
                                .list());
    }

    /// @return what was removed; empty where there is no such key
    Optional<Listed> remove(Handle tx, String id) {
        return tx.createQuery(
                        """
                        DELETE FROM kiosk_key WHERE id = :id
                        RETURNING id, home_id, kiosk, device,
                                  approver_id, approved_by, created_at, last_used_at
                        """)
                .bind("id", id)
                .map((row, _) -> listed(row))
                .findOne();
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getString("id"),
                new HomeId(row.getString("home_id")),
                row.getString("kiosk"),
                row.getString("device"),
                row.getString("approver_id"),
                row.getString("approved_by"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_used_at")));
    }
}
