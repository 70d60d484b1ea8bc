package dev.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.audit.EndReason;
import dev.vestibule.resource.Documents;
import dev.vestibule.resource.Patch;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Cause;
import dev.vestibule.tenant.Tenant;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An identity system that says what it wishes in one of the many ways in which such systems do:
/// whole, by parts, or by an operation for each difference. What it said too soon is refused, and
/// may be said again. One thread.
final class RestlessSystem {

    /// Longer than departures count together: this is about what holds, not about how many leave.
    private static final Duration BETWEEN_REQUESTS = Duration.ofHours(2);

    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    private final DirectoryHouse house;
    private final Tenant tenant;
    private final Asking asking;
    private final Random ways;

    /// @param ways which of them it takes
    RestlessSystem(DirectoryHouse house, Tenant tenant, Random ways) {
        this.house = house;
        this.tenant = tenant;
        this.asking =
                new Asking(
                        tenant,
                        new Cause("scim:" + tenant.name(), EndReason.BY_OPERATOR, "192.0.2.7"));
        this.ways = ways;
    }

    /// What is wished of one resource.
    sealed interface Wish {

        String name();

        record User(String name, String title, boolean isActive) implements Wish {}

        record Group(String name, Set<String> members) implements Wish {}

        record NoUser(String name) implements Wish {}

        record NoGroup(String name) implements Wish {}
    }

    /// Says one wish.
    ///
    /// @return false where it was refused: something that it needs is not there yet
    boolean say(Wish wish) {
        house.facts.clock.advance(BETWEEN_REQUESTS);
        try {
            switch (wish) {
                case Wish.User user -> say(user);
                case Wish.Group group -> say(group);
                case Wish.NoUser(var name) -> delete(ResourceKind.USER, name);
                case Wish.NoGroup(var name) -> delete(ResourceKind.GROUP, name);
            }
            return true;
        } catch (ScimError refused) {
            if (refused.status() != 400) {
                throw refused;
            }
            return false;
        }
    }

    private void say(Wish.User user) {
        Optional<StoredResource> found = find(ResourceKind.USER, user.name());
        if (found.isEmpty()) {
            create(ResourceKind.USER, whole(user));
            return;
        }
        String id = found.get().id();
        switch (ways.nextInt(4)) {
            case 0 -> replace(ResourceKind.USER, id, whole(user));
            case 1 ->
                    patch(
                            ResourceKind.USER,
                            id,
                            """
                            {"op": "Replace", "path": "active", "value": "%s"},
                            {"op": "Add", "path": "title", "value": "%s"}
                            """
                                    .formatted(user.isActive() ? "True" : "False", user.title()));
            case 2 ->
                    patch(
                            ResourceKind.USER,
                            id,
                            """
                            {"op": "replace", "value": {"active": %s, "title": "%s"}}
                            """
                                    .formatted(user.isActive(), user.title()));
            default -> {
                patch(
                        ResourceKind.USER,
                        id,
                        "{\"op\": \"replace\", \"path\": \"active\", \"value\": [{\"value\": \""
                                + user.isActive()
                                + "\"}]}");
                replace(ResourceKind.USER, id, whole(user));
            }
        }
    }

    private void say(Wish.Group group) {
        Optional<StoredResource> found = find(ResourceKind.GROUP, group.name());
        if (found.isEmpty() && ways.nextBoolean()) {
            create(ResourceKind.GROUP, whole(group, ids(group.members())));
            return;
        }
        StoredResource stored =
                found.orElseGet(() -> create(ResourceKind.GROUP, whole(group, Set.of())));
        switch (ways.nextInt(3)) {
            case 0 -> replace(ResourceKind.GROUP, stored.id(), whole(group, ids(group.members())));
            case 1 ->
                    patch(
                            ResourceKind.GROUP,
                            stored.id(),
                            "{\"op\": \"replace\", \"path\": \"members\", \"value\": "
                                    + values(ids(group.members()))
                                    + "}");
            default -> sayDifferences(stored, ids(group.members()));
        }
    }

    private void sayDifferences(StoredResource group, Set<String> wished) {
        Set<String> present =
                group.document()
                        .path("members")
                        .valueStream()
                        .map(member -> member.path("value").asText())
                        .collect(Collectors.toSet());
        for (String id : wished) {
            if (!present.contains(id)) {
                patch(
                        ResourceKind.GROUP,
                        group.id(),
                        "{\"op\": \"Add\", \"path\": \"members\", \"value\": "
                                + values(Set.of(id))
                                + "}");
            }
        }
        for (String id : present) {
            if (!wished.contains(id)) {
                patch(ResourceKind.GROUP, group.id(), removal(id));
            }
        }
    }

    private String removal(String id) {
        return ways.nextBoolean()
                ? "{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + id + "\\\"]\"}"
                : "{\"op\": \"Remove\", \"path\": \"members\", \"value\": "
                        + values(Set.of(id))
                        + "}";
    }

    /// Whoever is not there is said all the same, by an id that is nobody's.
    private Set<String> ids(Set<String> names) {
        return names.stream()
                .map(
                        name ->
                                find(ResourceKind.USER, name)
                                        .or(() -> find(ResourceKind.GROUP, name))
                                        .map(StoredResource::id)
                                        .orElse(NOBODY))
                .collect(Collectors.toSet());
    }

    Optional<StoredResource> find(ResourceKind kind, String name) {
        return house.facts.database.read(
                handle -> house.people.resources().findByName(handle, tenant.id(), kind, name));
    }

    private String whole(Wish.User user) {
        return """
        {"userName": "%s", "externalId": "%s", "title": "%s", "active": %s}
        """
                .formatted(user.name(), subjectOf(user.name()), user.title(), user.isActive());
    }

    /// What the provider calls somebody of this system.
    String subjectOf(String name) {
        return tenant.name() + "-" + name;
    }

    /// All that this system has sent, the users first.
    List<StoredResource> everything() {
        return house.facts.database.read(
                handle ->
                        Stream.of(ResourceKind.USER, ResourceKind.GROUP)
                                .map(kind -> new ResourceScan(tenant.id(), kind, Narrowing.NONE))
                                .flatMap(scan -> scan.from(handle, 0).stream())
                                .toList());
    }

    private static String whole(Wish.Group group, Set<String> ids) {
        return "{\"displayName\": \"" + group.name() + "\", \"members\": " + values(ids) + "}";
    }

    private static String values(Set<String> ids) {
        return ids.stream()
                .map(id -> "{\"value\": \"" + id + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private StoredResource create(ResourceKind kind, String json) {
        return house.directory.create(asking, kind, document(kind, json)).resource();
    }

    private void replace(ResourceKind kind, String id, String json) {
        house.directory.replace(asking, kind, id, _ -> true, document(kind, json));
    }

    private void patch(ResourceKind kind, String id, String operations) {
        String body = "{\"Operations\": [" + operations + "]}";
        Patch patch = Patch.read(kind, Documents.read(body.getBytes(StandardCharsets.UTF_8)));
        house.directory.patch(asking, kind, id, _ -> true, patch);
    }

    private void delete(ResourceKind kind, String name) {
        find(kind, name)
                .ifPresent(found -> house.directory.delete(asking, kind, found.id(), _ -> true));
    }

    private static ObjectNode document(ResourceKind kind, String json) {
        return Documents.from(kind, Documents.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
