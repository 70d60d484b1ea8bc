package dev.vestibule.config;

import java.time.Duration;

/// How long a browser stays signed in, in `s`, `m`, `h` or `d`, or `never` ends by that. What it
/// has open, and what its clients ask for, counts as use.
///
/// @param idleTimeout a session that was not used for so long ends. Default: `14d`. Example: `12h`
/// @param lifetime a session ends so long after sign-in, used or not. Default: `90d`. Example:
///   `30d`
public record SessionConfig(Duration idleTimeout, Duration lifetime) implements Lifetimes {}
