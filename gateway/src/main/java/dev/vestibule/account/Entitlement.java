package dev.vestibule.account;

import dev.vestibule.config.Role;

/// Whether an account may be at a home, as what, and on whose word.
public sealed interface Entitlement {

    /// It may not: suspended, removed, or without a role there.
    record None() implements Entitlement {}

    /// @param isProvidersWord whether the person signs in at a provider or was sent by one, which
    ///   decides the role; else it is known from Home Assistant only
    record As(Role role, boolean isProvidersWord) implements Entitlement {}
}
