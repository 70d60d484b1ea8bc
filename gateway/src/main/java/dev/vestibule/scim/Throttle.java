package dev.vestibule.scim;

import dev.vestibule.resource.ScimError;
import dev.vestibule.tenant.TenantId;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How much SCIM clients may ask for: each so many requests in a second, all of them together so
/// much at once that memory suffices. Safe to share between threads.
///
/// Work waits for its turn for a while, since identity systems come with bursts; what does not get
/// its turn hears 503, and what comes too often 429, which their clients take for a reason to come
/// again.
final class Throttle {

    /// The weight of a request that may need megabytes.
    static final int HEAVY = 8;

    private static final int RUNNING_MAX = 32;
    private static final int RUNNING_AND_WAITING_MAX = 96;
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final InstantSource time;
    private final int perSecond;
    private final Map<TenantId, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final Semaphore seats = new Semaphore(RUNNING_AND_WAITING_MAX);
    private final Semaphore running = new Semaphore(RUNNING_MAX, true);

    /// @param perSecond requests of one client; ten times as many may come at once after a pause
    Throttle(InstantSource time, int perSecond) {
        this.time = time;
        this.perSecond = perSecond;
    }

    /// The place of a request that is being served.
    interface Place {
        void leave();
    }

    /// @throws ScimError 429 or 503, with the time after which to come again
    Place enter(TenantId tenant, int weight) {
        TokenBucket bucket =
                buckets.computeIfAbsent(
                        tenant, _ -> TokenBucket.full(perSecond, perSecond * 10, time.instant()));
        Duration pause = bucket.take(time.instant());
        if (!pause.isZero()) {
            throw ScimError.tooManyRequests(pause, "Too many requests; please come again later.");
        }
        if (!seats.tryAcquire(weight)) {
            throw busy();
        }
        if (!await(weight)) {
            seats.release(weight);
            throw busy();
        }
        return () -> {
            running.release(weight);
            seats.release(weight);
        };
    }

    /// How many wait for their turn.
    int waiting() {
        return running.getQueueLength();
    }

    private boolean await(int weight) {
        try {
            return running.tryAcquire(weight, WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ScimError busy() {
        return ScimError.unavailable(AGAIN, "Too much is going on; please come again.");
    }
}
