package dev.vestibule.config;

import java.time.Duration;

/// The emergency administrator, whom a code of the console signs in.
///
/// @param name what they are called in Home Assistant. Default: `Emergency administrator`. Example:
///   `Break-glass`
/// @param lifetime how long their session lasts, in `m` or `h`. Default: `15m`. Example: `30m`
/// @param anywhere whether the code may be used from outside the networks listed as `lan` too.
///   Default: `false`. Example: `true`
public record BreakGlassConfig(String name, Duration lifetime, boolean anywhere) {}
