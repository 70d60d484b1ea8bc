package dev.vestibule.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds the process back from its end until the gateway has closed, for a limited time. Shared
/// between the serving thread and the one that the virtual machine starts at its end.
final class ProcessStop implements StopSignal {

    private static final int SECONDS_MAX = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public void await() {
        await(Duration.ofDays(36_500));
    }

    @Override
    public void await(Duration limit) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::end));
        try {
            var _ = asked.await(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        asked.countDown();
        try {
            if (!done.await(SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("Vestibule did not stop in time and is ended now.");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stopped() {
        done.countDown();
    }
}
