package dev.vestibule.config;

import java.time.Duration;
import java.util.List;

/// One Home Assistant behind the gateway.
///
/// @param name a short name, also the key in the store. Default: `home`
/// @param publicUrl the canonical address people open; the identity provider returns here.
///   Required. Example: `https://home.example.org`
/// @param origins further addresses of the same home. Default: none
/// @param insecureHttp allows plain http on addresses other than loopback. Default: `false`
/// @param homeAssistant the Home Assistant itself
/// @param roles which groups give which role
/// @param routes how open each class of route is
/// @param existingTokens what becomes of tokens that are older than the gateway. Default: `adopt`
/// @param webhookMigration how long phone webhooks that belong to nobody yet stay open after they
///   were first seen. Default: `30d`
public record HomeConfig(
        HomeId name,
        Origin publicUrl,
        List<Origin> origins,
        boolean insecureHttp,
        HomeAssistantConfig homeAssistant,
        RolesConfig roles,
        RoutesConfig routes,
        ExistingTokens existingTokens,
        Duration webhookMigration) {

    public HomeConfig {
        origins = List.copyOf(origins);
    }
}
