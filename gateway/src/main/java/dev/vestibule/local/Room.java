package dev.vestibule.local;

import java.time.Duration;

/// Whether one more try may be made, and where not, for how long it must wait at most.
enum Room {
    LEFT(Duration.ZERO),
    /// The address, or everybody together, has tried too often.
    NONE_FOR_THE_ADDRESS(Duration.ofMinutes(1)),
    /// The name was tried too often.
    NONE_FOR_THE_NAME(Duration.ofMinutes(10)),
    /// The name was tried far too often from addresses that are familiar.
    NONE_FOR_THE_FAMILIAR(Duration.ofHours(1)),
    /// The account has tried to link too often.
    NONE_FOR_THE_ACCOUNT(Duration.ofHours(1));

    private final Duration patience;

    Room(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }
}
