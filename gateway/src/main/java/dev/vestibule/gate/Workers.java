package dev.vestibule.gate;

import dev.vestibule.log.RequestScope;

import io.netty.channel.Channel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/// Runs what waits, each on a virtual thread of its own, and never more than a fixed number at
/// once. Safe to share between threads.
public final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ThreadFactory threads = Thread.ofVirtual().name("request-", 0).factory();
    private final Semaphore places;

    public Workers(int runningMax) {
        this.places = new Semaphore(runningMax);
    }

    /// @param head of the request that the work is for
    /// @param client is closed where the work has no way out, such as after a `StackOverflowError`:
    ///   nobody waits for what never comes
    /// @return false where as many are running as may run; nothing was done then
    boolean run(RequestHead head, Channel client, Runnable work) {
        if (!places.tryAcquire()) {
            return false;
        }
        threads.newThread(
                        () -> {
                            try {
                                RequestScope.run(head.id(), () -> attempt(head, client, work));
                            } finally {
                                places.release();
                            }
                        })
                .start();
        return true;
    }

    private static void attempt(RequestHead head, Channel client, Runnable work) {
        try {
            work.run();
        } catch (Throwable bug) {
            LOG.error("event=request-failed request={}", head.id(), bug);
            var _ = client.close();
        }
    }
}
