package dev.vestibule.config;

import java.time.Duration;

/// How long a signed-in browser stays signed in, in `s`, `m`, `h` or `d`, and how many there may
/// be.
///
/// @param idleTimeout a session that was not used for so long ends. Default: `14d`. Example: `12h`
/// @param lifetime a session ends so long after sign-in, used or not. Default: `90d`. Example:
///   `30d`
/// @param perAccount signed-in browsers of one account; one more ends the one that was not used for
///   the longest. Default: `100`. Example: `20`
public record SessionConfig(Duration idleTimeout, Duration lifetime, int perAccount) {}
