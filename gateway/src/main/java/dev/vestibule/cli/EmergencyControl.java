package dev.vestibule.cli;

import java.time.Duration;

/// What an operator may ask of a running gateway when the usual ways in are broken. A home is named
/// by its name; empty means the only one.
public interface EmergencyControl {

    /// Makes the code that opens one session of the home's emergency administrator; the one before
    /// ends.
    ///
    /// @param isAnywhere whether it may be used from outside the networks listed as `lan`
    ControlOutcome breakGlass(String home, boolean isAnywhere);

    /// Brings the form for names and passwords of Home Assistant back for a while.
    ControlOutcome openLocalLogin(String home, Duration length);

    /// Takes it away again.
    ControlOutcome closeLocalLogin(String home);

    /// Says whether it is there, at every home.
    ControlOutcome localLoginStatus();

    /// Ends the emergency administrators with all that is theirs, in Home Assistant too.
    ///
    /// @return refused where a user of Home Assistant is left, with a sentence for the operator
    ControlOutcome partFromAdministrators();
}
