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

    /// Whether a person proved by it who they are, for as long as they like. A wall tablet is
    /// whoever stands before it, and an emergency is over soon: what outlives such a session, or
    /// opens a door beside it, is not theirs to make (attack: whoever stands there a minute takes
    /// away a key of their own).
    ///
    /// The one rule about that; a room that asks for more says what and why. It is an [account's
    /// origin][dev.vestibule.account.AccountOrigin] where no session is at hand.
    public boolean isAPersonsOwn() {
        return switch (this) {
            case PROVIDER, ASSERTION, PASSKEY, LOCAL -> true;
            case KIOSK, BREAK_GLASS -> false;
        };
    }

    /// How it is written in the store and in the audit log.
    public String stored() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException where it is not what [#stored()] wrote
    public static SignInWay of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
