package dev.vestibule.testhouse.home;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for one command or request, and holds it fast when it comes, while the rest of the house
/// goes on. So a test may do something at exactly that moment: let another request overtake it, or
/// kill whoever asked. Laid by [Faults#ambush]. Safe to share between threads.
public final class Ambush {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Where the command or request is held.
    public enum Moment {
        /// It has arrived, and nothing is done.
        BEFORE,
        /// It is done, and not answered.
        AFTER
    }

    private final String what;
    private final Moment moment;
    private final CountDownLatch sprung = new CountDownLatch(1);
    private int toLetPass;
    private boolean isOver;
    private @Nullable Runnable goOn;

    Ambush(String what, int nth, Moment moment) {
        this.what = what;
        this.moment = moment;
        this.toLetPass = nth - 1;
    }

    Moment moment() {
        return moment;
    }

    /// Whether this is the one that is waited for. It is so once.
    synchronized boolean isFor(String arrived) {
        if (isOver || sprung.getCount() == 0 || !arrived.startsWith(what)) {
            return false;
        }
        return toLetPass-- == 0;
    }

    /// @param next what goes on when the test says so
    void spring(Runnable next) {
        synchronized (this) {
            goOn = next;
        }
        sprung.countDown();
    }

    /// Waits until the command or request is held here.
    ///
    /// @throws IllegalStateException where it does not come in half a minute
    public void await() {
        try {
            if (!sprung.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("nobody came: " + what);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public boolean isSprung() {
        return sprung.getCount() == 0;
    }

    /// Lets go what is held; nothing is held any more.
    public void release() {
        Runnable next;
        synchronized (this) {
            isOver = true;
            next = goOn;
            goOn = null;
        }
        if (next != null) {
            next.run();
        }
    }
}
