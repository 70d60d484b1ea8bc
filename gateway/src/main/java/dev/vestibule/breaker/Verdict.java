package dev.vestibule.breaker;

import java.time.Duration;

/// Whether people may lose their access now.
public sealed interface Verdict {

    /// They may.
    record Go() implements Verdict {}

    /// Not before an operator has said so, or some time has passed: whoever asked rolls everything
    /// back, and answers that it is to be tried again.
    ///
    /// @param retryAfter when that is worth it; a whole number of seconds, at least one
    record Held(Duration retryAfter) implements Verdict {}
}
