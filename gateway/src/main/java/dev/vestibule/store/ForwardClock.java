package dev.vestibule.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The system's clock, but never back: what has run out stays run out when the clock jumps, also
/// over a restart, as it does on a board without a battery. Owns the table `high_water_mark`. Safe
/// to share between threads; never waits, but for [#save()].
public final class ForwardClock implements InstantSource {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardClock.class);

    /// A smaller step back is the clock being set right.
    private static final Duration JUMP = Duration.ofMinutes(1);

    private final InstantSource system;
    private final Database database;
    private final AtomicReference<Instant> highest;

    private ForwardClock(InstantSource system, Database database, Instant highest) {
        this.system = system;
        this.database = database;
        this.highest = new AtomicReference<>(highest);
    }

    /// Continues from where the clock was saved last.
    public static ForwardClock resume(InstantSource system, Database database) {
        Instant saved =
                database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT at FROM high_water_mark WHERE name = 'clock'
                                                """)
                                        .mapTo(Long.class)
                                        .findOne()
                                        .map(Instant::ofEpochMilli)
                                        .orElse(Instant.EPOCH));
        Instant now = system.instant();
        if (saved.isAfter(now.plus(JUMP))) {
            LOG.warn(
                    "event=clock-went-back now={} before={} effect=\"time stands still until the"
                            + " clock has caught up\"",
                    now,
                    saved);
        }
        return new ForwardClock(system, database, saved);
    }

    @Override
    public Instant instant() {
        Instant now = system.instant();
        return highest.accumulateAndGet(now, (a, b) -> a.isAfter(b) ? a : b);
    }

    /// Keeps the mark over a restart. Called now and then.
    public void save() {
        long at = instant().toEpochMilli();
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO high_water_mark (name, at)
                                        VALUES ('clock', :at)
                                        ON CONFLICT (name) DO UPDATE SET at = :at
                                        """)
                                .bind("at", at)
                                .execute());
    }
}
