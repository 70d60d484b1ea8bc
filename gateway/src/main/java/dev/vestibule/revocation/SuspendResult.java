package dev.vestibule.revocation;

import dev.vestibule.config.HomeId;

/// What became of the wish to shut somebody out.
public sealed interface SuspendResult {

    /// Nothing of theirs works any more.
    record Suspended() implements SuspendResult {}

    /// They were shut out before; nothing was changed.
    record AlreadySuspended() implements SuspendResult {}

    record NoSuchAccount() implements SuspendResult {}

    /// Nobody else could run this home afterwards; nothing was changed.
    record LastAdministrator(HomeId home) implements SuspendResult {}
}
