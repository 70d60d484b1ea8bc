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
///
/// After a step back time goes on from where it was, as fast as the system's clock goes: if it
/// stood still until the system has caught up, a clock that was once a year ahead would keep every
/// deadline from coming and every limit from being lifted, for a year. So this time may be ahead of
/// the world's. It is for our own deadlines; what others wrote is held against the system's clock.
public final class ForwardClock implements InstantSource {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardClock.class);

    /// A smaller step back is the clock being set right: time waits for it.
    private static final Duration JUMP = Duration.ofMinutes(1);

    private final InstantSource system;
    private final Database database;
    private final AtomicReference<Reading> last;

    private ForwardClock(InstantSource system, Database database, Reading first) {
        this.system = system;
        this.database = database;
        this.last = new AtomicReference<>(first);
    }

    /// @param ours never less than in the reading before
    private record Reading(Instant system, Instant ours) {

        Reading next(Instant now) {
            boolean isSoonCaughtUp = !ours.isAfter(now.plus(JUMP));
            Instant goneOn =
                    isSoonCaughtUp || !now.isAfter(system)
                            ? ours
                            : ours.plus(Duration.between(system, now));
            return new Reading(now, now.isAfter(goneOn) ? now : goneOn);
        }
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
                    "event=clock-went-back now={} before={} effect=\"deadlines go on from"
                            + " before\"",
                    now,
                    saved);
        }
        return new ForwardClock(system, database, new Reading(now, saved).next(now));
    }

    @Override
    public Instant instant() {
        return last.updateAndGet(reading -> reading.next(system.instant())).ours();
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
