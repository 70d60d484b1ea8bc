package dev.vestibule.http;

import java.util.Optional;

/// Looks at a request before its body is taken in. Runs on a virtual thread and may block.
///
/// Attack: strangers who each send most of a large body, to a handler that would have told all of
/// them that they may not.
@FunctionalInterface
public interface Guard {

    /// @param head the request without its body
    /// @return the answer to a request that goes no further
    Optional<Response> refusal(Request head);
}
