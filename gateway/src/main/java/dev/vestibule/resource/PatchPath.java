package dev.vestibule.resource;

import org.jspecify.annotations.Nullable;

/// What a PATCH operation is about (RFC 7644 section 3.5.2).
///
/// @param filter which elements of the attribute are meant; null for all of it
/// @param terms how many comparisons the filter has
record PatchPath(AttributePath attribute, @Nullable Condition filter, int terms) {

    static PatchPath to(AttributePath attribute) {
        return new PatchPath(attribute, null, 0);
    }
}
