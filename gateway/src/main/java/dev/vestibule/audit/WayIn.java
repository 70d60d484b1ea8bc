package dev.vestibule.audit;

import java.util.Locale;

/// By what somebody tried to prove who they are. The codes are part of the log's format.
public enum WayIn {
    /// A name and password of Home Assistant.
    LOCAL,
    /// The answer to Home Assistant's question for a second factor.
    SECOND_FACTOR,
    /// The answer of an identity provider, brought by a browser.
    PROVIDER,
    /// The signed word of a proxy in front.
    ASSERTION,
    PASSKEY,
    /// The code that was carried from a browser into an app.
    HAND_OFF,
    /// The key of a wall tablet.
    KIOSK,
    /// The code of the console for the emergency administrator.
    BREAK_GLASS,
    /// The token of an identity system.
    SCIM,
    /// A token that an app, a program or an assistant holds.
    TOKEN;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
