package dev.vestibule.firstrun;

/// How a first run ended.
public sealed interface FirstRunResult {

    /// The configuration is written, and the browser knows.
    record Written() implements FirstRunResult {}

    /// Nobody answered anything for [FirstRun#IDLE_MAX]. Nothing was made or written.
    record Idle() implements FirstRunResult {}

    /// The process was told to stop. Nothing was written.
    record Stopped() implements FirstRunResult {}

    /// Too many wrong codes. Nothing was made or written.
    record Guessed() implements FirstRunResult {}
}
