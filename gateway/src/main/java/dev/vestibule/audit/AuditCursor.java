package dev.vestibule.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place between two lines of the log, at which a page ends and the next one begins. It stays
/// where it is however many lines come, and survives that its line was removed.
///
/// @param at milliseconds since 1970
/// @param id of the line; those of one moment are in the order of their ids
public record AuditCursor(long at, String id) {

    /// Before everything.
    public static final AuditCursor OLDEST = new AuditCursor(Long.MIN_VALUE, "");

    /// After everything.
    public static final AuditCursor NEWEST = new AuditCursor(Long.MAX_VALUE, "");

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})\\.([0-9a-f-]{36})");

    /// Reads what [#toString] wrote. Anybody may have changed it meanwhile: it opens nothing, and
    /// what is no place is empty.
    public static Optional<AuditCursor> parse(String written) {
        return Optional.of(WRITTEN.matcher(written))
                .filter(Matcher::matches)
                .map(match -> new AuditCursor(Long.parseLong(match.group(1)), match.group(2)));
    }

    @Override
    public String toString() {
        return at + "." + id;
    }
}
