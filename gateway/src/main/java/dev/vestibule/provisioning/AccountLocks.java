package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// One sign-in of an account at a time where users and credentials are made. A fixed number of
/// locks: two accounts may share one, which costs waiting and nothing else.
final class AccountLocks {

    private static final int COUNT = 64;

    private final ReentrantLock[] locks =
            IntStream.range(0, COUNT)
                    .mapToObj(_ -> new ReentrantLock())
                    .toArray(ReentrantLock[]::new);

    <T> T alone(AccountId account, Supplier<T> work) {
        ReentrantLock lock = locks[Math.floorMod(account.hashCode(), COUNT)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
