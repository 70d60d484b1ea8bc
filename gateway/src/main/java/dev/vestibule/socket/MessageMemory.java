package dev.vestibule.socket;

import java.util.concurrent.atomic.AtomicInteger;

/// How much of the heap the unfinished messages of all clients may take together (attack: many
/// sockets that each begin a long message and never end it). The beginning of each message is free,
/// so that ordinary commands pass whatever others do. Safe to share between threads.
final class MessageMemory {

    static final int FREE_BYTES = 16 * 1024;

    /// A sixth of the smallest heap: with the copies on the way a byte counts about twice.
    static final int BYTES_MAX = 16 * 1024 * 1024;

    private final AtomicInteger left;

    MessageMemory(int bytesMax) {
        this.left = new AtomicInteger(bytesMax);
    }

    /// Takes what a message needs more than it has.
    ///
    /// @param taken what the message has taken so far
    /// @param length of the message by now
    /// @return what it has taken now
    /// @throws FrameViolation where there is not so much
    int grow(int taken, int length) {
        int more = Math.max(0, length - FREE_BYTES - taken);
        if (left.addAndGet(-more) < 0) {
            left.addAndGet(more);
            throw new FrameViolation(
                    FrameViolation.TRY_AGAIN_LATER, "too many long messages at once");
        }
        return taken + more;
    }

    void give(int bytes) {
        left.addAndGet(bytes);
    }
}
