package dev.vestibule.gate;

import dev.vestibule.log.RequestScope;

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

    /// @param head of the request that the work is for
    /// @return false where as many are running as may run; nothing was done then
    boolean run(RequestHead head, Runnable work) {
        if (!places.tryAcquire()) {
            return false;
        }
        threads.newThread(
                        () -> {
                            try {
                                RequestScope.run(head.id(), work);
                            } finally {
                                places.release();
                            }
                        })
                .start();
        return true;
    }
}
