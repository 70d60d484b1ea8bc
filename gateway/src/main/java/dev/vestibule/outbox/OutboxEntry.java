package dev.vestibule.outbox;

import dev.vestibule.config.HomeId;

import java.time.Instant;
import java.util.Set;

/// What the operator sees of one thing that a Home Assistant has still to be told.
///
/// @param accountId empty text for a token that belongs to no account
/// @param what a stable word: `revoke-token`, `end-token`, `drop-credential`, `shut-out`, `remove`,
///   `let-in`, `align-group` or `provision`
/// @param problem why it is not done yet; empty where it was not tried
/// @param isUnconverged whether it cannot be done as things stand, so that Home Assistant and the
///   gateway disagree until somebody changes something
public record OutboxEntry(
        HomeId home,
        String accountId,
        String what,
        int attempts,
        String problem,
        boolean isUnconverged,
        Instant since) {

    /// The problem of what failed by a fault of ours.
    public static final String FAULT = "a fault of the gateway; the log has more";

    private static final Set<String> SINGLE =
            Set.of(TaskFormat.REVOKE_TOKEN, TaskFormat.END_TOKEN, TaskFormat.DROP_CREDENTIAL);

    /// Whether it is about all of a person's access, and not about a single token or credential.
    public boolean concernsPerson() {
        return !SINGLE.contains(what);
    }
}
