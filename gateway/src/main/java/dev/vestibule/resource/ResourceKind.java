package dev.vestibule.resource;

/// The two kinds of resources that a SCIM client may write.
public enum ResourceKind {
    USER("User", "Users"),
    GROUP("Group", "Groups");

    private final String typeName;
    private final String plural;

    ResourceKind(String typeName, String plural) {
        this.typeName = typeName;
        this.plural = plural;
    }

    /// As in `meta.resourceType`: `User` or `Group`.
    public String typeName() {
        return typeName;
    }

    /// The path segment below the base: `Users` or `Groups`.
    public String plural() {
        return plural;
    }

    /// The URN of the core schema (RFC 7643 section 4).
    public String schema() {
        return "urn:ietf:params:scim:schemas:core:2.0:" + typeName;
    }
}
