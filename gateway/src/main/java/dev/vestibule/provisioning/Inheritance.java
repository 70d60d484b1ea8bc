package dev.vestibule.provisioning;

import java.util.Optional;
import java.util.Set;

/// What a Home Assistant user brings along when they are given to an account.
///
/// @param closure of whoever had the user, or the account's own of before: nobody is let in by
///   changing hands, the next sign-in does that
/// @param standing inactive where whoever had the user lost them by being switched off in Home
///   Assistant: changing hands switches nobody on
/// @param groupsBefore the user's groups before the gateway first changed them, for whichever
///   account; empty where it never did
public record Inheritance(Closure closure, Standing standing, Optional<Set<String>> groupsBefore) {

    /// Of a user whom the gateway never touched.
    public static final Inheritance NOTHING =
            new Inheritance(Closure.OPEN, Standing.PRESENT, Optional.empty());
}
