package dev.vestibule.directory;

import dev.vestibule.resource.ScimLimits;

/// How much one tenant may keep.
///
/// @param resources users and groups together
/// @param members of one group, groups in it counted as one each
/// @param documentChars of one resource as JSON
public record DirectoryLimits(int resources, int members, int documentChars) {

    /// What every request fits in, and a group of as many members as may be.
    public static final DirectoryLimits DEFAULTS =
            new DirectoryLimits(50_000, ScimLimits.MEMBERS_MAX, 2 * 1024 * 1024);
}
