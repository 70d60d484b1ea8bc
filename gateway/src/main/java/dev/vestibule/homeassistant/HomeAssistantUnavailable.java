package dev.vestibule.homeassistant;

import org.jspecify.annotations.Nullable;

/// Home Assistant did not answer, answered too late, or answered with what only a fault explains.
/// Nothing follows from it about a person or a token: answer 503, never a refusal.
public final class HomeAssistantUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean neverReached;

    public HomeAssistantUnavailable(String reason) {
        super(reason);
        this.reason = reason;
        this.neverReached = false;
    }

    public HomeAssistantUnavailable(String reason, @Nullable Throwable cause) {
        this(reason, cause, false);
    }

    private HomeAssistantUnavailable(
            String reason, @Nullable Throwable cause, boolean neverReached) {
        super(reason, cause);
        this.reason = reason;
        this.neverReached = neverReached;
    }

    /// No connection came to be, so nothing of what was asked has left.
    static HomeAssistantUnavailable unreached(String reason, Throwable cause) {
        return new HomeAssistantUnavailable(reason, cause, true);
    }

    /// Whether it is certain that Home Assistant heard nothing.
    public boolean neverReached() {
        return neverReached;
    }

    /// For the operator; names no token and no person.
    public String reason() {
        return reason;
    }
}
