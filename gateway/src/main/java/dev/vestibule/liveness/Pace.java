package dev.vestibule.liveness;

import dev.vestibule.secret.Secrets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Spreads questions over time, so that people who signed in together are not asked about together
/// for ever, nor a provider by all its gateways. Safe to share between threads.
final class Pace {

    private static final int SHARE = 5;

    private final InstantSource time;
    private final Secrets secrets;
    private final Duration checkEvery;

    Pace(InstantSource time, Secrets secrets, Duration checkEvery) {
        this.time = time;
        this.secrets = secrets;
        this.checkEvery = checkEvery;
    }

    /// Now, moved by a random fifth of the interval at most, either way.
    Instant checkedAt() {
        long fifth = checkEvery.dividedBy(SHARE).toMillis();
        return time.instant().plusMillis(Math.round((2 * random() - 1) * fifth));
    }

    /// A pause without up to a random fifth of it.
    Duration shortened(Duration pause) {
        return pause.minusMillis(Math.round(random() * pause.dividedBy(SHARE).toMillis()));
    }

    /// From 0 to 1.
    private double random() {
        return (secrets.randomBytes(1)[0] & 0xFF) / 255.0;
    }
}
