package dev.vestibule.config;

/// How lines of the log look.
public enum LogFormat {
    /// For people: `name=value`.
    TEXT,
    /// For programs: a JSON object a line.
    JSON
}
