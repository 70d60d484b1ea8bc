package dev.vestibule.config;

import java.time.Duration;

/// How long a signed-in browser stays signed in, in `s`, `m`, `h` or `d`.
///
/// @param idleTimeout a session that was not used for so long ends. Default: `14d`. Example: `12h`
/// @param lifetime a session ends so long after sign-in, used or not. Default: `90d`. Example:
///   `30d`
public record SessionConfig(Duration idleTimeout, Duration lifetime) {}
