package dev.vestibule.admission;

import dev.vestibule.config.HomeId;
import dev.vestibule.network.WindowCounter;

import java.time.Duration;
import java.time.InstantSource;

/// How many codes of a second factor may be tried for a user of Home Assistant, by whatever way in
/// and from wherever. Safe to share between threads.
///
/// Home Assistant takes three of a million codes at any moment: at fifty a day, whoever has the
/// first factor needs eighteen years for a right guess. Only they can use the tries up. That signs
/// nobody out, and says that somebody else knows the first factor.
final class CodeLimits {

    static final int PER_TEN_MINUTES = 10;
    static final int PER_DAY = 50;

    private final WindowCounter<Owner> minutes;
    private final WindowCounter<Owner> days;

    private record Owner(HomeId home, String user) {}

    CodeLimits(InstantSource time) {
        this.minutes = new WindowCounter<>(time, Duration.ofMinutes(10));
        this.days = new WindowCounter<>(time, Duration.ofDays(1));
    }

    /// Counts one code.
    ///
    /// @return false where it must not be tried now
    boolean tryTake(HomeId home, String user) {
        Owner owner = new Owner(home, user);
        return minutes.tryTake(owner, PER_TEN_MINUTES) && days.tryTake(owner, PER_DAY);
    }
}
