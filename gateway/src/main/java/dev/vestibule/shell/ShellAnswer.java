package dev.vestibule.shell;

import dev.vestibule.http.Headers;

/// What Home Assistant said to a [ShellQuestion].
public sealed interface ShellAnswer {

    /// 200, and the body is in the file that was named.
    ///
    /// @param headers as they came; [KeptHeaders] chooses among them
    record Found(Headers headers) implements ShellAnswer {}

    /// 304: the copy that we hold is the current one.
    record Unchanged() implements ShellAnswer {}

    /// A refusal that will be the same next time: 404 and its relatives.
    record Missing() implements ShellAnswer {}

    /// It sends us elsewhere; we do not go.
    ///
    /// @param toOnboarding it waits for its first user
    record Redirected(boolean toOnboarding) implements ShellAnswer {}

    /// The body is larger than we keep.
    record TooLarge() implements ShellAnswer {}
}
