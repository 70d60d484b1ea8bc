package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// One sign-in of an account at a time where users and credentials are made. A fixed number of
/// locks: two accounts may share one, which costs waiting and nothing else. Nobody waits for ever:
/// behind a Home Assistant that stopped answering, people would queue up.
final class AccountLocks {

    private static final int COUNT = 64;
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final ReentrantLock[] locks =
            IntStream.range(0, COUNT)
                    .mapToObj(_ -> new ReentrantLock())
                    .toArray(ReentrantLock[]::new);

    /// @throws HomeAssistantUnavailable where those who came before take too long
    <T> T alone(AccountId account, Supplier<T> work) {
        ReentrantLock lock = locks[Math.floorMod(account.hashCode(), COUNT)];
        take(lock);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static void take(ReentrantLock lock) {
        try {
            if (!lock.tryLock(WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HomeAssistantUnavailable("Another sign-in still waits for an answer");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HomeAssistantUnavailable(
                    "The wait for Home Assistant was ended", interrupted);
        }
    }
}
