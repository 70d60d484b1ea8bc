package dev.vestibule.config;

import java.time.Duration;
import java.util.List;

/// One Home Assistant behind the gateway.
///
/// @param name a short name of lower-case letters, digits and dashes. It is also the key in the
///   database, so it must not change later. Default: `home`. Example: `lake-house`
/// @param publicUrl the canonical address people open; the identity provider returns here.
///   Required. Example: `https://home.example.org`
/// @param origins further addresses of the same home. Default: none. Example: `[https://home.lan]`
/// @param insecureHttp allows plain http on addresses other than loopback. Everybody on the way can
///   then take over a session. Default: `false`. Example: `true`
/// @param homeAssistant the Home Assistant itself
/// @param roles which groups give which role
/// @param routes how open each class of route is
/// @param session how long a browser stays signed in
/// @param apps how long an app stays signed in
/// @param signIn the ways in beside the identity providers
/// @param clients which programs may ask for access
/// @param existingTokens what becomes of tokens and phones that are older than the gateway.
///   Default: `adopt`. Example: `deny`
/// @param longLivedTokens what becomes of long-lived access tokens, which people make in their
///   profile for programs. Default: `track`. Example: `deny`
/// @param webhookMigration how long phone webhooks that belong to nobody yet stay open after they
///   were first seen, in `s`, `m`, `h` or `d`. Default: `30d`. Example: `7d`
public record HomeConfig(
        HomeId name,
        Origin publicUrl,
        List<Origin> origins,
        boolean insecureHttp,
        HomeAssistantConfig homeAssistant,
        RolesConfig roles,
        RoutesConfig routes,
        SessionConfig session,
        AppsConfig apps,
        SignInConfig signIn,
        ClientsConfig clients,
        ExistingTokens existingTokens,
        LongLivedTokens longLivedTokens,
        Duration webhookMigration) {

    public HomeConfig {
        origins = List.copyOf(origins);
    }
}
