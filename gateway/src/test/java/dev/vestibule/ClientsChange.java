package dev.vestibule;

import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.NetworkConfig;

import java.util.function.UnaryOperator;

/// A configuration with other clients.
final class ClientsChange {

    private ClientsChange() {}

    /// @param clients who may ask for access besides our own pages
    static UnaryOperator<GatewayConfig> of(ClientsConfig clients) {
        return config -> of(clients, config.network()).apply(config);
    }

    static UnaryOperator<GatewayConfig> of(ClientsConfig clients, NetworkConfig network) {
        return config ->
                new GatewayConfig(
                        config.listen(),
                        config.dataDirectory(),
                        config.masterKeyFiles(),
                        network,
                        config.homes().stream().map(home -> with(home, clients)).toList(),
                        config.providers(),
                        config.assertions(),
                        config.trustedHeaders(),
                        config.deprovisioning(),
                        config.limits(),
                        config.management(),
                        config.audit(),
                        config.log());
    }

    private static HomeConfig with(HomeConfig home, ClientsConfig clients) {
        return new HomeConfig(
                home.name(),
                home.publicUrl(),
                home.origins(),
                home.insecureHttp(),
                home.homeAssistant(),
                home.roles(),
                home.routes(),
                home.session(),
                home.apps(),
                home.signIn(),
                clients,
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }
}
