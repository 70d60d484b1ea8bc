package dev.vestibule;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.SignInConfig;

import java.util.function.UnaryOperator;

/// Switches ways in on, in the configuration of every home.
public final class SignInChange {

    private SignInChange() {}

    /// The usual ways in, and passkeys.
    public static SignInConfig withPasskeys(SignInConfig usual) {
        return new SignInConfig(
                usual.localLogin(),
                usual.linking(),
                true,
                usual.apps(),
                usual.breakGlass(),
                usual.kiosks());
    }

    static UnaryOperator<GatewayConfig> of(UnaryOperator<SignInConfig> ways) {
        return config -> changed(config, ways, config.network());
    }

    /// @param network whom the gateway believes about addresses
    static UnaryOperator<GatewayConfig> of(SignInConfig ways, NetworkConfig network) {
        return config -> changed(config, _ -> ways, network);
    }

    private static GatewayConfig changed(
            GatewayConfig config, UnaryOperator<SignInConfig> ways, NetworkConfig network) {
        return new GatewayConfig(
                config.listen(),
                config.dataDirectory(),
                config.masterKeyFiles(),
                network,
                config.homes().stream().map(home -> changed(home, ways)).toList(),
                config.providers(),
                config.assertions(),
                config.trustedHeaders(),
                config.deprovisioning(),
                config.limits(),
                config.management(),
                config.audit(),
                config.log());
    }

    private static HomeConfig changed(HomeConfig home, UnaryOperator<SignInConfig> ways) {
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
                ways.apply(home.signIn()),
                home.clients(),
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }
}
