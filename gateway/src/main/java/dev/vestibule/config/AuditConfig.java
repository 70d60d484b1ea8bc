package dev.vestibule.config;

import java.time.Duration;

/// How long is remembered what happened to whom. See [audit.md](audit.md).
///
/// @param retention how long a line of the audit log is kept, in whole days of UTC, or `forever`.
///   What anybody can cause, such as refused attempts, has a limit of its own besides. Default:
///   `365d`. Example: `90d`
public record AuditConfig(Duration retention) {

    public static final AuditConfig DEFAULTS = new AuditConfig(Duration.ofDays(365));

    private static final String FOREVER = "forever";
    private static final Duration RETENTION_MIN = Duration.ofDays(1);
    private static final Duration RETENTION_MAX = Duration.ofDays(36_499);

    public boolean isForever() {
        return retention.equals(Lifetimes.NEVER);
    }

    /// As the file has it.
    public String words() {
        return isForever() ? FOREVER : Formats.words(retention);
    }

    static Parsed<Duration> retention(String text) {
        if (text.equals(FOREVER)) {
            return new Parsed.Good<>(Lifetimes.NEVER);
        }
        return switch (Formats.duration(RETENTION_MIN, RETENTION_MAX).parse(text)) {
            case Parsed.Good<Duration> good -> good;
            case Parsed.Bad<Duration>(var sentence) ->
                    new Parsed.Bad<>(sentence + " To keep everything, write forever.");
        };
    }
}
