package dev.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Keeps the rows of members what the documents of groups say, and finds the users whose groups are
/// others after a change. Groups may be in groups, in circles too. Safe to share between threads.
final class Membership {

    private final ResourceStore resources;
    private final MemberStore members;
    private final int membersMax;

    Membership(ResourceStore resources, MemberStore members, int membersMax) {
        this.resources = resources;
        this.members = members;
        this.membersMax = membersMax;
    }

    /// Writes the members of a new group.
    ///
    /// @return the users who are in it
    Set<String> write(Handle tx, StoredResource group) {
        return change(tx, group, Set.of(), members(group.document()));
    }

    /// Writes what has changed of a group.
    ///
    /// @return the users whose groups are others, or are called otherwise
    Set<String> rewrite(Handle tx, StoredResource before, StoredResource after) {
        Set<String> touched =
                change(tx, after, members(before.document()), members(after.document()));
        if (!before.name().equals(after.name())) {
            touched.addAll(members.usersUnder(tx, after.tenant(), after.id()));
        }
        return touched;
    }

    private Set<String> change(
            Handle tx, StoredResource group, Set<String> before, Set<String> after) {
        if (after.size() > membersMax) {
            throw ScimError.tooLarge("A group has at most " + membersMax + " members.");
        }
        TenantId tenant = group.tenant();
        Set<String> added = without(after, before);
        Set<String> removed = without(before, after);
        Map<String, ResourceKind> kinds = members.kindsOf(tx, tenant, added);
        if (kinds.size() < added.size()) {
            throw ScimError.invalidValue("A member does not exist.");
        }
        kinds.putAll(members.kindsOf(tx, tenant, removed));
        members.add(tx, tenant, group.id(), added);
        members.remove(tx, tenant, group.id(), removed);
        Set<String> users = new TreeSet<>();
        kinds.forEach((member, kind) -> addUsers(tx, tenant, member, kind, users));
        return users;
    }

    private void addUsers(
            Handle tx, TenantId tenant, String member, ResourceKind kind, Set<String> users) {
        switch (kind) {
            case USER -> users.add(member);
            case GROUP -> users.addAll(members.usersUnder(tx, tenant, member));
        }
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    /// Takes a resource that is about to go out of every group, and its members out of it.
    ///
    /// @return the users under it whose groups are others now
    Set<String> leaveAll(Handle tx, StoredResource gone) {
        TenantId tenant = gone.tenant();
        Set<String> users =
                switch (gone.kind()) {
                    case USER -> Set.of();
                    case GROUP -> members.usersUnder(tx, tenant, gone.id());
                };
        for (String group : members.groupsWith(tx, tenant, gone.id())) {
            resources
                    .find(tx, tenant, ResourceKind.GROUP, group)
                    .ifPresent(parent -> leave(tx, parent, gone.id()));
            members.remove(tx, tenant, group, Set.of(gone.id()));
        }
        members.removeAllOf(tx, tenant, gone.id());
        return users;
    }

    /// Not a change that the tenant made to this group: its version is another, its date is not.
    private void leave(Handle tx, StoredResource group, String member) {
        ObjectNode document = group.document().deepCopy();
        if (document.get("members") instanceof ArrayNode all) {
            all.removeIf(entry -> entry.path("value").asText().equals(member));
        }
        resources.update(tx, group.changedByUs(document));
    }

    /// The ids that the members of a group's document have.
    private static Set<String> members(ObjectNode group) {
        Set<String> ids = new HashSet<>();
        for (JsonNode member : group.path("members")) {
            ids.add(member.path("value").asText());
        }
        return ids;
    }
}
