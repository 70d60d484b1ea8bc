package dev.vestibule.config;

/// What the gateway writes to its standard error. See [operations.md](operations.md#the-log).
///
/// @param format `text` for people, or `json`: an object a line. What is said before the
///   configuration has been read is text. Default: `text`. Example: `json`
/// @param level `error`, `warn`, `info`, `debug` or `trace`. The lines by which fail2ban and
///   CrowdSec ban, and those of the audit log, are written at every level. Default: `info`.
///   Example: `debug`
public record LogConfig(LogFormat format, LogLevel level) {

    public static final LogConfig DEFAULTS = new LogConfig(LogFormat.TEXT, LogLevel.INFO);
}
