package dev.vestibule.config;

/// How much the gateway says, the least first.
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
