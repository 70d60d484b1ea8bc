package dev.vestibule.revocation;

import dev.vestibule.config.HomeId;

/// What became of the wish to remove somebody.
public sealed interface RemoveResult {

    /// Nothing of theirs works any more, for good.
    record Removed() implements RemoveResult {}

    record NoSuchAccount() implements RemoveResult {}

    /// Nobody else could run this home afterwards; nothing was changed.
    record LastAdministrator(HomeId home) implements RemoveResult {}
}
