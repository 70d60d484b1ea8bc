package dev.vestibule.local;

import dev.vestibule.config.HomeId;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Owns the table `local_opening`: homes whose password form the console has opened for a while. A
/// restart closes none, and the passing of time closes every one. Safe to share between threads.
final class Openings {

    private final InstantSource time;
    private final Database database;

    Openings(InstantSource time, Database database) {
        this.time = time;
        this.database = database;
    }

    /// @return until when
    Instant open(HomeId home, Duration length) {
        Instant until = time.instant().plus(length);
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO local_opening (home_id, expires_at)
                                        VALUES (:home, :until)
                                        ON CONFLICT (home_id)
                                        DO UPDATE SET expires_at = excluded.expires_at
                                        """)
                                .bind("home", home.value())
                                .bind("until", until.toEpochMilli())
                                .execute());
        return until;
    }

    /// @return whether it was open
    boolean close(HomeId home) {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createQuery(
                                        """
                                        DELETE FROM local_opening WHERE home_id = :home
                                        RETURNING expires_at
                                        """)
                                .bind("home", home.value())
                                .mapTo(Long.class)
                                .findOne()
                                .filter(until -> until > now)
                                .isPresent());
    }

    /// Until when the form of a home is open; empty where it is not.
    Optional<Instant> until(HomeId home) {
        return database.read(handle -> until(handle, home));
    }

    /// As [#until(HomeId)], inside the caller's transaction.
    Optional<Instant> until(Handle handle, HomeId home) {
        return handle.createQuery(
                        """
                        SELECT expires_at FROM local_opening
                         WHERE home_id = :home AND expires_at > :now
                        """)
                .bind("home", home.value())
                .bind("now", time.instant().toEpochMilli())
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .findOne();
    }

    int sweep() {
        long now = time.instant().toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM local_opening WHERE expires_at <= :now")
                                .bind("now", now)
                                .execute());
    }
}
