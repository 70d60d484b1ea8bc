package dev.vestibule.gate;

import java.util.concurrent.atomic.AtomicInteger;

/// How many bytes of unfinished heads, and of requests that wait for their turn, all connections
/// hold together (attack: thousands of connections that each send most of a large head). The first
/// few kilobytes of each connection are free, which is more than real heads have. Safe to share
/// between threads.
final class HeldBytes {

    static final int FREE = 4 * 1024;

    /// A quarter of the memory that sockets have.
    static final int MAX = 16 * 1024 * 1024;

    private final AtomicInteger left;

    HeldBytes(int max) {
        this.left = new AtomicInteger(max);
    }

    /// Counts what a connection holds now instead of what it held before.
    ///
    /// @param counted what this has been told of the connection, zero at first
    /// @return what counts now
    int change(int counted, int held) {
        int counts = Math.max(0, held - FREE);
        left.addAndGet(counted - counts);
        return counts;
    }

    boolean isExceeded() {
        return left() < 0;
    }

    int left() {
        return left.get();
    }
}
