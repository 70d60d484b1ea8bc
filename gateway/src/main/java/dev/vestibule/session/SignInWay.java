package dev.vestibule.session;

import java.util.Locale;

/// How the person of a session proved who they are.
public enum SignInWay {
    /// At an identity provider.
    PROVIDER,
    /// By the signed word of a proxy in front.
    ASSERTION,
    /// With a passkey of this gateway.
    PASSKEY,
    /// With their own login of Home Assistant.
    LOCAL,
    /// As a wall tablet.
    KIOSK,
    /// As the emergency administrator, with a code of the console.
    BREAK_GLASS;

    /// How it is written in the store and in the audit log.
    public String stored() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SignInWay of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
