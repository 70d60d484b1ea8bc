package dev.vestibule.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place between two rows of a list that is ordered by a moment and an id, at which a page ends
/// and the next one begins. It stays where it is however many rows come, and survives that its row
/// goes.
///
/// @param at milliseconds since 1970
/// @param id of the row before it, of letters, digits, dashes and dots; those of one moment are in
///   the order of their ids
public record Cursor(long at, String id) {

    /// Before everything.
    public static final Cursor OLDEST = new Cursor(Long.MIN_VALUE, "");

    /// After everything: where a list begins whose newest rows come first.
    public static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, "");

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})\\.([0-9a-z.-]{36,128})");

    /// Reads what [#toString] wrote. Anybody may have changed it meanwhile: it opens nothing, and
    /// what is no place is empty.
    public static Optional<Cursor> parse(String written) {
        return Optional.of(WRITTEN.matcher(written))
                .filter(Matcher::matches)
                .map(match -> new Cursor(Long.parseLong(match.group(1)), match.group(2)));
    }

    @Override
    public String toString() {
        return at + "." + id;
    }
}
