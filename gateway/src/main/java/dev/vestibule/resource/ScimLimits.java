package dev.vestibule.resource;

/// Every limit of the SCIM entrance in one place: what is advertised is what is enforced.
public final class ScimLimits {

    /// Bytes of a request's body.
    public static final int BODY_BYTES_MAX = 1_048_576;

    /// Advertised though bulk is not supported: authentik takes it for the number of operations
    /// that fit into one PATCH.
    public static final int BULK_OPERATIONS_ADVERTISED = 100;

    /// Operations of one PATCH.
    public static final int PATCH_OPERATIONS_MAX = 1_000;

    /// Resources in one answer to a search, whatever `count` asks for.
    public static final int RESULTS_MAX = 500;

    /// Members of one group.
    public static final int MEMBERS_MAX = 10_000;

    /// Characters of a filter or a path.
    public static final int FILTER_LENGTH_MAX = 4_096;

    /// Levels of parentheses, brackets and `not`.
    public static final int FILTER_DEPTH_MAX = 20;

    /// Comparisons in one filter.
    public static final int FILTER_TERMS_MAX = 100;

    /// Levels of objects and arrays in a body.
    public static final int JSON_DEPTH_MAX = 20;

    /// Names in one object. Names are compared without case, one by one.
    public static final int OBJECT_NAMES_MAX = 250;

    /// Values of one attribute, members aside.
    public static final int VALUES_MAX = 1_000;

    /// Comparisons in the paths of one PATCH, each of which may look at every member.
    public static final int PATCH_TERMS_MAX = 1_000;

    /// Characters of one string in a body; a photograph is sent as its address.
    public static final int TEXT_LENGTH_MAX = 65_536;

    /// Characters of what a resource is called: userName, displayName, externalId, member ids.
    public static final int NAME_LENGTH_MAX = 512;

    /// Bytes of one stored document, its members aside.
    public static final int DOCUMENT_BYTES_MAX = 131_072;

    /// Names in `attributes` or `excludedAttributes`.
    public static final int SELECTED_MAX = 100;

    private ScimLimits() {}
}
