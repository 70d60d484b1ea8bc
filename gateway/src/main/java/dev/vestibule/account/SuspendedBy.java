package dev.vestibule.account;

/// On whose word a person is suspended, the weakest first. Only the same or a stronger word lets
/// them in again.
public enum SuspendedBy {
    /// The identity provider proved that it knows them no more; signing in there is its other word.
    PROVIDER,
    /// An identity system, over SCIM.
    SCIM,
    /// Whoever runs the gateway.
    OPERATOR;

    /// Whether this word counts for as much as the other, or more.
    public boolean reaches(SuspendedBy other) {
        return compareTo(other) >= 0;
    }
}
