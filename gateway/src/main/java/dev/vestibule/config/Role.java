package dev.vestibule.config;

/// What a person may do at a home: the three groups that Home Assistant knows, the highest first.
public enum Role {
    /// Everything: Home Assistant's `system-admin`.
    ADMIN,
    /// Use the house: `system-users`.
    USER,
    /// Look, switch nothing: `system-read-only`.
    VIEWER;

    /// Whether whoever has this role may less than with the other.
    public boolean isLessThan(Role other) {
        return compareTo(other) > 0;
    }
}
