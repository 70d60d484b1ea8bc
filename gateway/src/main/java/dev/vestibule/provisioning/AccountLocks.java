package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
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

    /// Counts every time that a lock is taken and left.
    private final AtomicLongArray turns = new AtomicLongArray(COUNT);

    /// @throws HomeAssistantUnavailable where those who came before take too long
    <T> T alone(AccountId account, Supplier<T> work) {
        int index = index(account);
        ReentrantLock lock = locks[index];
        take(lock);
        boolean isOutermost = lock.getHoldCount() == 1;
        try {
            if (isOutermost) {
                turns.incrementAndGet(index);
            }
            return work.get();
        } finally {
            if (isOutermost) {
                turns.incrementAndGet(index);
            }
            lock.unlock();
        }
    }

    private static int index(AccountId account) {
        return Math.floorMod(account.hashCode(), COUNT);
    }

    /// A moment since which it can be told whether anybody was at an account.
    record Watch(List<Long> turns) {

        Watch {
            turns = List.copyOf(turns);
        }
    }

    Watch watch() {
        return new Watch(IntStream.range(0, COUNT).mapToObj(turns::get).toList());
    }

    /// Does something about an account where nobody was at it since the watch began, and nobody is.
    /// Never waits for anybody.
    ///
    /// @return false where somebody was, or is; nothing was done then
    boolean aloneSince(Watch watch, AccountId account, Runnable work) {
        int index = index(account);
        ReentrantLock lock = locks[index];
        if (!lock.tryLock()) {
            return false;
        }
        try {
            // One that was held when the watch began has been left since, and counted.
            if (watch.turns().get(index) != turns.get(index)) {
                return false;
            }
            work.run();
            return true;
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
