package dev.vestibule.gate;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The one deadline of a connection, moved often and kept seldom: a timer is set only where none
/// runs, and looks again when it comes too early. Lives on the event loop.
final class Deadline {

    private final Channel channel;
    private final Runnable action;
    private @Nullable Future<?> timer;
    private long timerAtNanos;
    private long atNanos;
    private boolean isSet;

    Deadline(Channel channel, Runnable action) {
        this.channel = channel;
        this.action = action;
    }

    void in(Duration wait) {
        isSet = true;
        atNanos = System.nanoTime() + wait.toNanos();
        if (timer == null || timerAtNanos - atNanos > 0) {
            schedule();
        }
    }

    void never() {
        isSet = false;
    }

    private void schedule() {
        if (timer != null) {
            timer.cancel(false);
        }
        timerAtNanos = atNanos;
        timer =
                channel.eventLoop()
                        .schedule(
                                this::look,
                                Math.max(0, atNanos - System.nanoTime()),
                                TimeUnit.NANOSECONDS);
    }

    private void look() {
        timer = null;
        if (!isSet || !channel.isOpen()) {
            return;
        }
        if (atNanos - System.nanoTime() > 0) {
            schedule();
        } else {
            isSet = false;
            action.run();
        }
    }

    /// Frees the timer of a connection that has ended.
    void cancel() {
        isSet = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
