package dev.vestibule.cli;

import java.time.Duration;

/// Tells a serving gateway to stop.
public interface StopSignal {

    /// Waits until the gateway must stop.
    void await();

    /// As [#await()], for so long at most.
    void await(Duration limit);

    /// Says that the gateway has stopped, and the process may end.
    void stopped();

    /// The end of this process: SIGTERM, SIGINT, the console's hang-up.
    static StopSignal ofProcess() {
        return new ProcessStop();
    }
}
