package dev.vestibule.scim;

import dev.vestibule.resource.ScimError;
import dev.vestibule.tenant.TenantId;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// How much SCIM clients may ask for: each so many requests in a second, and all of them together
/// so much at once that memory suffices. Safe to share between threads.
///
/// Work waits for its turn for a while, since identity systems come with bursts; what does not get
/// its turn hears 503, and what comes too often 429, which their clients take for a reason to come
/// again. What has been done counts until the answer has been sent (attack: many large answers that
/// nobody reads), and one client takes no more than half of all there is.
final class Throttle {

    /// The weight of a request that may need some megabytes.
    static final int HEAVY = 8;

    /// The weight of a request whose body does.
    static final int HEAVIEST = 16;

    private static final int RUNNING_MAX = 32;
    private static final int WAITING_MAX = 64;
    private static final int WAITING_BY_ONE_MAX = WAITING_MAX / 2;
    private static final int HELD_MAX = 96;
    private static final int HELD_BY_ONE_MAX = HELD_MAX / 2;
    private static final int BURST_SECONDS = 10;
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final InstantSource time;
    private final int perSecond;
    private final Duration waitMax;
    private final Map<TenantId, Share> shares = new ConcurrentHashMap<>();
    private final Semaphore line = new Semaphore(WAITING_MAX);
    private final Semaphore held = new Semaphore(HELD_MAX);
    private final Semaphore running = new Semaphore(RUNNING_MAX, true);

    /// @param perSecond requests of one client; [#BURST_SECONDS] times as many may come at once
    Throttle(InstantSource time, int perSecond) {
        this(time, perSecond, WAIT_MAX);
    }

    /// Tests on a slow machine wait longer.
    Throttle(InstantSource time, int perSecond, Duration waitMax) {
        this.time = time;
        this.perSecond = perSecond;
        this.waitMax = waitMax;
    }

    /// What one client has.
    private record Share(TokenBucket bucket, Semaphore line, Semaphore held) {}

    /// The place of a request that is being served.
    interface Place {

        /// The work is done; the answer is still there.
        void finish();

        /// Nothing of it is left. May be called more than once.
        void leave();
    }

    /// @param weight how much memory the work may need
    /// @param isHereAlready whether that memory is in use before the work begins
    /// @throws ScimError 429 or 503, with the time after which to come again
    Place enter(TenantId tenant, int weight, boolean isHereAlready) {
        Share share = shares.computeIfAbsent(tenant, _ -> newShare());
        Duration pause = share.bucket().take(time.instant());
        if (!pause.isZero()) {
            throw ScimError.tooManyRequests(pause, "Too many requests; please come again later.");
        }
        Occupied place = new Occupied(share, weight);
        try {
            if (isHereAlready) {
                place.hold();
                place.run();
            } else {
                place.run();
                place.hold();
            }
            return place;
        } catch (ScimError busy) {
            place.leave();
            throw busy;
        }
    }

    private Share newShare() {
        return new Share(
                TokenBucket.full(perSecond, perSecond * BURST_SECONDS, time.instant()),
                new Semaphore(WAITING_BY_ONE_MAX),
                new Semaphore(HELD_BY_ONE_MAX));
    }

    private final class Occupied implements Place {
        private final Semaphore lineOfOne;
        private final Semaphore heldByOne;
        private final int weight;
        private final AtomicBoolean isRunning = new AtomicBoolean();
        private final AtomicBoolean isHeld = new AtomicBoolean();

        Occupied(Share share, int weight) {
            this.lineOfOne = share.line();
            this.heldByOne = share.held();
            this.weight = weight;
        }

        void hold() {
            if (!heldByOne.tryAcquire(weight)) {
                throw busy();
            }
            if (!held.tryAcquire(weight)) {
                heldByOne.release(weight);
                throw busy();
            }
            isHeld.set(true);
        }

        void run() {
            if (!lineOfOne.tryAcquire()) {
                throw busy();
            }
            if (!line.tryAcquire()) {
                lineOfOne.release();
                throw busy();
            }
            try {
                if (!running.tryAcquire(weight, waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw busy();
                }
                isRunning.set(true);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw busy();
            } finally {
                line.release();
                lineOfOne.release();
            }
        }

        @Override
        public void finish() {
            if (isRunning.compareAndSet(true, false)) {
                running.release(weight);
            }
        }

        @Override
        public void leave() {
            finish();
            if (isHeld.compareAndSet(true, false)) {
                held.release(weight);
                heldByOne.release(weight);
            }
        }
    }

    /// How many wait for their turn.
    int waiting() {
        return running.getQueueLength();
    }

    private static ScimError busy() {
        return ScimError.unavailable(AGAIN, "Too much is going on; please come again.");
    }
}
