package dev.vestibule.handoff;

import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How often codes may be typed: so often by an address, and all addresses together no more once
/// too many were wrong. Beside the five tries of each hand-off, which alone decide what a guess is
/// worth. Safe to share between threads.
///
/// Only a hand-off whose person holds a code can be guessed at, so nobody who has no account here
/// can use up what is common to all.
final class TypingLimits {

    static final int WRONG_PER_MINUTE_MAX = 100;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource time;
    private final AddressLimiter addresses;
    private Instant minute = Instant.EPOCH;
    private int wrong;

    TypingLimits(InstantSource time, int timesPerMinute) {
        this.time = time;
        this.addresses = new AddressLimiter(time, timesPerMinute);
    }

    boolean mayType(ClientAddress client) {
        return addresses.tryTake(client) && wrongInThisMinute() < WRONG_PER_MINUTE_MAX;
    }

    private synchronized int wrongInThisMinute() {
        Instant now = time.instant();
        if (!minute.plus(MINUTE).isAfter(now)) {
            minute = now;
            wrong = 0;
        }
        return wrong;
    }

    synchronized void noteWrong() {
        wrong = wrongInThisMinute() + 1;
    }
}
