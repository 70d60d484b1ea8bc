package dev.vestibule.directory;

import java.util.List;

/// A resource with what is known around it.
///
/// @param groups the groups that it is in, the oldest first; of a group always empty
public record DirectoryEntry(StoredResource resource, List<Belonging> groups) {

    public DirectoryEntry {
        groups = List.copyOf(groups);
    }
}
