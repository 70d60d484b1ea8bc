package dev.vestibule.resource;

/// The machine-readable reason of a refusal (RFC 7644 section 3.12, table 9).
public enum ScimType {
    INVALID_FILTER("invalidFilter"),
    UNIQUENESS("uniqueness"),
    MUTABILITY("mutability"),
    INVALID_SYNTAX("invalidSyntax"),
    INVALID_PATH("invalidPath"),
    NO_TARGET("noTarget"),
    INVALID_VALUE("invalidValue");

    private final String keyword;

    ScimType(String keyword) {
        this.keyword = keyword;
    }

    /// As it is written in an error's `scimType`.
    public String keyword() {
        return keyword;
    }
}
