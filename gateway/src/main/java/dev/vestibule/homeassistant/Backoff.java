package dev.vestibule.homeassistant;

import dev.vestibule.secret.Secrets;

import java.time.Duration;

/// Waits that double up to a longest one, each shortened by a random half at most, so that many
/// gateways do not return to a restarted Home Assistant together. Used by one thread.
final class Backoff {

    private final Secrets secrets;
    private final Duration first;
    private final Duration last;
    private Duration next;

    Backoff(Secrets secrets, Duration first, Duration last) {
        this.secrets = secrets;
        this.first = first;
        this.last = last;
        this.next = first;
    }

    Duration next() {
        Duration whole = next;
        Duration doubled = whole.multipliedBy(2);
        next = doubled.compareTo(last) < 0 ? doubled : last;
        int share = secrets.randomBytes(1)[0] & 0xFF;
        return whole.dividedBy(2).plus(whole.dividedBy(2).multipliedBy(share).dividedBy(255));
    }

    void reset() {
        next = first;
    }
}
