package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.config.Role;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Insider;

/// What becomes of a person who proved who they are.
public sealed interface Admission {

    /// @param cookie of the new session, told to the browser only
    record SignedIn(Insider insider, Secret cookie) implements Admission {}

    /// The person may come in; no session was begun, because none was wanted.
    record Recognised(Account account, Role role) implements Admission {}

    /// Nothing gives the person a role at this home.
    ///
    /// @param name what the person is called, to be shown to them
    record NoRole(String name) implements Admission {}

    /// The person is suspended.
    ///
    /// @param name what the person is called, to be shown to them
    record Suspended(String name) implements Admission {}

    /// The providers that vouched for the person do so no longer, and what they showed instead
    /// counts only together with that.
    ///
    /// @param name what the person is called, to be shown to them
    record Lapsed(String name) implements Admission {}

    /// Somebody switched the person's user off in Home Assistant.
    record SwitchedOff() implements Admission {}

    /// What proved the person belongs to nobody any more.
    record Unknown() implements Admission {}

    /// What proved the person was removed, or its way in switched off, in the meantime.
    record ProofGone() implements Admission {}
}
