package dev.vestibule.config;

import java.time.Duration;

/// How long an app stays signed in, in `s`, `m`, `h` or `d`, or `never` ends by that. An app's
/// access is no browser's, so that it outlives every session. Long-lived tokens have a date of
/// their own.
///
/// @param idleTimeout an app that was not used for so long is signed out. Default: `90d`. Example:
///   `never`
/// @param lifetime an app is signed out so long after it was signed in, used or not. Default:
///   `never`. Example: `365d`
public record AppsConfig(Duration idleTimeout, Duration lifetime) implements Lifetimes {}
