package dev.vestibule.admission;

import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.secret.Secret;

/// What one of our codes stands for in Home Assistant.
public sealed interface Inner {

    /// Who it acts as there.
    String homeAssistantUserId();

    /// Home Assistant's code, which it redeems when ours is redeemed.
    record Unredeemed(AuthorizationCode code, String homeAssistantUserId) implements Inner {}

    /// The tokens of a login that its person proved to Home Assistant themselves: its own code is
    /// redeemed already, because only a token says whose it is.
    record Redeemed(HomeTokens tokens, String homeAssistantUserId) implements Inner {}

    /// How the kind is written in the store.
    default String kind() {
        return switch (this) {
            case Unredeemed _ -> "code";
            case Redeemed _ -> "tokens";
        };
    }

    /// As it is sealed in the store.
    default Secret stored() {
        return switch (this) {
            case Unredeemed(var code, _) -> code.value();
            case Redeemed(var tokens, _) -> tokens.stored();
        };
    }

    /// @throws IllegalStateException where it is not what [#kind()] and [#stored()] wrote
    static Inner of(String kind, Secret stored, String homeAssistantUserId) {
        return switch (kind) {
            case "code" -> new Unredeemed(new AuthorizationCode(stored), homeAssistantUserId);
            case "tokens" -> new Redeemed(HomeTokens.of(stored), homeAssistantUserId);
            default ->
                    throw new IllegalStateException("a stored code is of no known kind: " + kind);
        };
    }
}
