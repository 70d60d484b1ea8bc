package dev.vestibule.homeassistant;

import org.jspecify.annotations.Nullable;

/// Home Assistant did not answer, answered too late, or answered with what only a fault explains.
/// Nothing follows from it about a person or a token: answer 503, never a refusal.
public final class HomeAssistantUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public HomeAssistantUnavailable(String reason) {
        super(reason);
        this.reason = reason;
    }

    public HomeAssistantUnavailable(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /// For the operator; names no token and no person.
    public String reason() {
        return reason;
    }
}
