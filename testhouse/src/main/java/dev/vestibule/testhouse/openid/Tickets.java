package dev.vestibule.testhouse.openid;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Things that are looked up by an unguessable text for a limited time: codes, tokens, sessions,
/// pushed requests. Safe to share between threads. The oldest entries leave when it is full.
final class Tickets<T> {

    private static final int ENTRIES_MAX = 50_000;

    /// What came of handing in a ticket that works once.
    sealed interface Spending<T> {

        record Fresh<T>(T value) implements Spending<T> {}

        /// It was good once, and was handed in before.
        record Again<T>(T value) implements Spending<T> {}

        record Unknown<T>() implements Spending<T> {}
    }

    private record Entry<T>(T value, Instant expiresAt, boolean spent) {}

    private final InstantSource time;
    private final Duration lifetime;
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>();

    Tickets(InstantSource time, Duration lifetime) {
        this.time = time;
        this.lifetime = lifetime;
    }

    synchronized String issue(T value) {
        if (entries.size() >= ENTRIES_MAX) {
            entries.remove(entries.keySet().iterator().next());
        }
        String ticket = Unguessable.text();
        entries.put(ticket, new Entry<>(value, time.instant().plus(lifetime), false));
        return ticket;
    }

    synchronized Spending<T> spend(String ticket) {
        Entry<T> entry = entries.get(ticket);
        if (entry == null || isExpired(entry)) {
            return new Spending.Unknown<>();
        }
        if (entry.spent()) {
            return new Spending.Again<>(entry.value());
        }
        entries.put(ticket, new Entry<>(entry.value(), entry.expiresAt(), true));
        return new Spending.Fresh<>(entry.value());
    }

    /// Looks without spending; a spent or expired ticket finds nothing.
    synchronized Optional<T> find(String ticket) {
        Entry<T> entry = entries.get(ticket);
        if (entry == null || entry.spent() || isExpired(entry)) {
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    /// Everything that is neither spent nor expired.
    synchronized List<T> live() {
        return entries.values().stream()
                .filter(entry -> !entry.spent() && !isExpired(entry))
                .map(Entry::value)
                .toList();
    }

    synchronized void removeIf(Predicate<T> condition) {
        entries.values().removeIf(entry -> condition.test(entry.value()));
    }

    private boolean isExpired(Entry<T> entry) {
        return !time.instant().isBefore(entry.expiresAt());
    }
}
