package dev.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.resource.Documents;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.tenant.TenantId;

import java.time.Instant;
import java.util.Optional;

/// A user or a group as its tenant sent it.
///
/// @param id ours: a UUID (version 7) as text
/// @param externalId the tenant's own id of it, which is in the document too
/// @param document the attributes as they were sent, without id, meta and the groups of a user;
///   must not be changed
/// @param version 1 at first, one more with each change
/// @param account the person that a user is, once that is known; never of a group
/// @param updatedAt when the tenant changed it last; our own changes leave it alone, since some
///   identity systems skip an update that is older than this
public record StoredResource(
        TenantId tenant,
        ResourceKind kind,
        String id,
        Optional<String> externalId,
        ObjectNode document,
        long version,
        Optional<AccountId> account,
        Instant createdAt,
        Instant updatedAt) {

    /// The userName of a user, the displayName of a group.
    public String name() {
        return switch (kind) {
            case USER -> document.path("userName").asText();
            case GROUP -> document.path("displayName").asText();
        };
    }

    /// Whether the tenant lets the person in. A user of whom it never said so is active.
    public boolean isActive() {
        return Documents.isActive(document);
    }

    /// The same resource after a change by its tenant.
    ///
    /// @param now never earlier than the change before
    StoredResource changedTo(ObjectNode other, Optional<String> otherExternalId, Instant now) {
        return new StoredResource(
                tenant,
                kind,
                id,
                otherExternalId,
                other,
                version + 1,
                account,
                createdAt,
                now.isAfter(updatedAt) ? now : updatedAt.plusMillis(1));
    }

    /// The same resource after something else took a part of it away.
    StoredResource changedByUs(ObjectNode other) {
        return new StoredResource(
                tenant, kind, id, externalId, other, version + 1, account, createdAt, updatedAt);
    }
}
