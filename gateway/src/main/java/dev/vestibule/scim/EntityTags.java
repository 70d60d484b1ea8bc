package dev.vestibule.scim;

import dev.vestibule.directory.DirectoryEntry;
import dev.vestibule.http.Headers;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/// The versions of resources as entity tags (RFC 7644 section 3.14): `W/"3"`. The groups of a user
/// are shown with the user and are not the user's own, so a tag ends in a mark of them, which
/// counts where something was read, and not where it is to be changed.
final class EntityTags {

    private EntityTags() {}

    static String of(DirectoryEntry entry) {
        String groups =
                entry.groups().isEmpty()
                        ? ""
                        : "-" + Integer.toHexString(entry.groups().hashCode());
        return "W/\"" + entry.resource().version() + groups + "\"";
    }

    /// Which versions a request may change. A tag that cannot be read is of no version, and neither
    /// is an empty list of them.
    static LongPredicate ifMatch(Headers headers) {
        List<String> tags = tags(headers, "if-match");
        return headers.all("if-match").isEmpty() || tags.contains("*")
                ? _ -> true
                : version -> tags.stream().anyMatch(tag -> versionOf(tag).equals("" + version));
    }

    /// Whether the client has this already.
    static boolean isKnown(Headers headers, String tag) {
        List<String> tags = tags(headers, "if-none-match");
        return tags.contains("*") || tags.stream().anyMatch(one -> opaque(one).equals(opaque(tag)));
    }

    private static List<String> tags(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    private static String versionOf(String tag) {
        return opaque(tag).split("-", 2)[0];
    }

    /// What stands between the quotes; clients leave out the `W/`, and the quotes too.
    private static String opaque(String tag) {
        String bare = tag.startsWith("W/") ? tag.substring(2) : tag;
        boolean isQuoted = bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"");
        return isQuoted ? bare.substring(1, bare.length() - 1) : bare;
    }
}
