package dev.vestibule.admission;

/// Whether somebody for whom a provider vouches comes in at a home, and why.
public sealed interface Foresight {

    /// Their account is suspended, whoever they are otherwise.
    record Suspended() implements Foresight {}

    /// Only people whom an identity system sent come in by this provider, and none sent them.
    record NotSent() implements Foresight {}

    record NoRole(RoleReason why) implements Foresight {}

    /// Somebody deactivated their user in Home Assistant.
    ///
    /// @param why they would come in otherwise
    record SwitchedOff(RoleReason why) implements Foresight {}

    record Welcome(RoleReason why) implements Foresight {}
}
