package dev.vestibule.admission;

import dev.vestibule.homeassistant.HomeAssistantStatus;

/// Why a Home Assistant cannot be used now, as far as the people at the door and the operator must
/// do different things.
public enum HomeTrouble {
    /// It does not answer; it may come back by itself.
    AWAY(503),
    /// It does not accept the gateway's administrator token.
    TOKEN_REFUSED(502),
    /// The gateway's token belongs to somebody who is no administrator.
    NOT_ADMINISTRATOR(502),
    /// Nobody has set it up yet.
    NOT_ONBOARDED(502),
    /// It is older than any that the gateway supports.
    TOO_OLD(502);

    private final int status;

    HomeTrouble(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    public static HomeTrouble of(HomeAssistantStatus status) {
        return switch (status) {
            case HomeAssistantStatus.Connected _,
                    HomeAssistantStatus.Connecting _,
                    HomeAssistantStatus.Away _ ->
                    AWAY;
            case HomeAssistantStatus.TokenRefused _ -> TOKEN_REFUSED;
            case HomeAssistantStatus.NotAdministrator _ -> NOT_ADMINISTRATOR;
            case HomeAssistantStatus.NotOnboarded _ -> NOT_ONBOARDED;
            case HomeAssistantStatus.TooOld _ -> TOO_OLD;
        };
    }
}
