package dev.vestibule.directory;

import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// In which groups some users are. Groups may be in groups, in circles too: each is walked through
/// once. Found for many users by a few questions, since a page of users is a question for each of
/// them otherwise. Immutable.
final class Belongings {

    private final Map<String, Set<String>> direct;
    private final Map<String, Set<String>> above;
    private final Map<String, String> names;

    private Belongings(
            Map<String, Set<String>> direct,
            Map<String, Set<String>> above,
            Map<String, String> names) {
        this.direct = direct;
        this.above = above;
        this.names = names;
    }

    static Belongings of(
            Handle handle, MemberStore members, TenantId tenant, Collection<String> users) {
        Map<String, Set<String>> direct = members.groupsOf(handle, tenant, users);
        Map<String, Set<String>> above = new HashMap<>();
        Set<String> next = all(direct);
        while (!next.isEmpty()) {
            Map<String, Set<String>> found = members.groupsOf(handle, tenant, next);
            next.forEach(group -> above.put(group, found.getOrDefault(group, Set.of())));
            next = all(found);
            next.removeAll(above.keySet());
        }
        return new Belongings(direct, above, members.namesOf(handle, tenant, above.keySet()));
    }

    private static Set<String> all(Map<String, Set<String>> groups) {
        Set<String> all = new HashSet<>();
        groups.values().forEach(all::addAll);
        return all;
    }

    /// The oldest group first.
    List<Belonging> of(String user) {
        Set<String> mine = direct.getOrDefault(user, Set.of());
        if (mine.isEmpty()) {
            return List.of();
        }
        Set<String> reached = reachedFrom(mine);
        return names.entrySet().stream()
                .filter(group -> reached.contains(group.getKey()))
                .map(
                        group ->
                                new Belonging(
                                        group.getKey(),
                                        group.getValue(),
                                        mine.contains(group.getKey())))
                .toList();
    }

    /// What the groups of a user are called.
    Set<String> namesOf(String user) {
        return of(user).stream()
                .map(Belonging::displayName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> reachedFrom(Set<String> groups) {
        Set<String> reached = new HashSet<>(groups);
        Deque<String> waiting = new ArrayDeque<>(groups);
        while (!waiting.isEmpty()) {
            for (String parent : above.getOrDefault(waiting.remove(), Set.of())) {
                if (reached.add(parent)) {
                    waiting.add(parent);
                }
            }
        }
        return reached;
    }
}
