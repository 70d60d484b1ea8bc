package dev.vestibule.audit;

import dev.vestibule.store.Cursor;

import java.util.List;
import java.util.Optional;

/// Some lines of the log that were asked for.
///
/// @param hasMore whether others follow
public record AuditPage(List<AuditLine> lines, boolean hasMore) {

    public AuditPage {
        lines = List.copyOf(lines);
    }

    /// Where the next page begins; empty where this is the last one.
    public Optional<Cursor> next() {
        return hasMore ? Optional.of(lines.getLast().cursor()) : Optional.empty();
    }
}
