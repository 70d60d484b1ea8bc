package dev.vestibule.directory;

import dev.vestibule.resource.ResourceKind;

import org.jdbi.v3.core.Handle;

import java.util.List;

/// A resource with what is known around it.
///
/// @param groups the groups that it is in, the oldest first; of a group always empty
public record DirectoryEntry(StoredResource resource, List<Belonging> groups) {

    public DirectoryEntry {
        groups = List.copyOf(groups);
    }

    /// @param resources of one tenant and one kind
    static List<DirectoryEntry> of(
            Handle handle, MemberStore members, List<StoredResource> resources) {
        List<String> users =
                resources.stream()
                        .filter(resource -> resource.kind() == ResourceKind.USER)
                        .map(StoredResource::id)
                        .toList();
        if (users.isEmpty()) {
            return resources.stream().map(group -> new DirectoryEntry(group, List.of())).toList();
        }
        Belongings belongings =
                Belongings.of(handle, members, resources.getFirst().tenant(), users);
        return resources.stream()
                .map(user -> new DirectoryEntry(user, belongings.of(user.id())))
                .toList();
    }

    static DirectoryEntry of(Handle handle, MemberStore members, StoredResource resource) {
        return of(handle, members, List.of(resource)).getFirst();
    }
}
