package dev.vestibule.tenant;

/// The key of a SCIM client: a UUID (version 7) as text.
public record TenantId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
