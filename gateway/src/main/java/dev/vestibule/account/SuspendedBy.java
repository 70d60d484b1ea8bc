package dev.vestibule.account;

/// Who may say that a person is suspended. A person is, for as long as any of them says so, and
/// each takes back its own word only: what one of them let go says nothing about the others. The
/// operator alone takes back every word at once.
public enum SuspendedBy {
    /// The identity provider proved that it knows them no more; signing in there is its other word.
    PROVIDER,
    /// An identity system, over SCIM.
    SCIM,
    /// Whoever runs the gateway.
    OPERATOR
}
