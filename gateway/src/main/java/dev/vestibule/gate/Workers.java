package dev.vestibule.gate;

import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/// Runs what waits, each on a virtual thread of its own, and never more than a fixed number at
/// once. Safe to share between threads.
public final class Workers {

    private final ThreadFactory threads = Thread.ofVirtual().name("request-", 0).factory();
    private final Semaphore places;

    public Workers(int runningMax) {
        this.places = new Semaphore(runningMax);
    }

    /// @return false where as many are running as may run; nothing was done then
    boolean run(Runnable work) {
        if (!places.tryAcquire()) {
            return false;
        }
        threads.newThread(
                        () -> {
                            try {
                                work.run();
                            } finally {
                                places.release();
                            }
                        })
                .start();
        return true;
    }
}
