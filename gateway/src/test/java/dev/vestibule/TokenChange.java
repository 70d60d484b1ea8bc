package dev.vestibule;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.secret.Secret;

/// Gives every home of a configuration another token at its Home Assistant.
final class TokenChange {

    private TokenChange() {}

    static GatewayConfig to(GatewayConfig config, String token) {
        return new GatewayConfig(
                config.listen(),
                config.dataDirectory(),
                config.masterKeyFiles(),
                config.network(),
                config.homes().stream().map(home -> to(home, token)).toList(),
                config.providers(),
                config.assertions(),
                config.trustedHeaders(),
                config.deprovisioning(),
                config.limits(),
                config.management(),
                config.audit(),
                config.log());
    }

    private static HomeConfig to(HomeConfig home, String token) {
        return new HomeConfig(
                home.name(),
                home.publicUrl(),
                home.origins(),
                home.insecureHttp(),
                new HomeAssistantConfig(
                        home.homeAssistant().url(),
                        new Secret(token),
                        home.homeAssistant().caFiles()),
                home.roles(),
                home.routes(),
                home.session(),
                home.apps(),
                home.signIn(),
                home.clients(),
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }
}
