package dev.vestibule.shell;

import dev.vestibule.shell.ShellStore.Found;

/// What became of asking Home Assistant for a document.
sealed interface FetchResult {

    /// A current copy is at hand.
    record Stored(Found found) implements FetchResult {}

    /// Home Assistant does not have it, or it is larger than we keep.
    record Missing() implements FetchResult {}

    /// Home Assistant waits for its first user and has no front end to show yet.
    record NotSetUp() implements FetchResult {}

    /// Nothing follows: no answer, a fault, or more questions than we ask at once.
    record Away() implements FetchResult {}
}
