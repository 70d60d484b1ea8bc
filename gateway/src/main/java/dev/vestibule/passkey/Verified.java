package dev.vestibule.passkey;

/// What became of an answer that was held against the rules.
sealed interface Verified<T> {

    record Accepted<T>(T value) implements Verified<T> {}

    record Refused<T>(Refusal reason) implements Verified<T> {}
}
