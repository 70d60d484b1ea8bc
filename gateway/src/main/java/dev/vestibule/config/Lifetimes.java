package dev.vestibule.config;

import java.time.Duration;
import java.time.Instant;

/// When access of a kind ends by itself.
public interface Lifetimes {

    /// A hundred years, which `never` is read as: so that every moment can be reckoned with.
    Duration NEVER = Duration.ofDays(36_500);

    Duration idleTimeout();

    Duration lifetime();

    /// What was used last before this is idle.
    default Instant idleSince(Instant now) {
        return now.minus(idleTimeout());
    }

    /// What began before this has had its time.
    default Instant oldest(Instant now) {
        return now.minus(lifetime());
    }
}
