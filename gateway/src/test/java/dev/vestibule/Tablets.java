package dev.vestibule;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.config.Role;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.network.Cidr;

import java.util.List;
import java.util.function.UnaryOperator;

/// What a configuration says about wall tablets.
final class Tablets {

    private Tablets() {}

    static UnaryOperator<GatewayConfig> named(String name, String network) {
        return with(kiosk(name, network, DeviceKey.OFF));
    }

    static UnaryOperator<GatewayConfig> holdingAKey(String name, String network) {
        return with(kiosk(name, network, DeviceKey.REQUIRED));
    }

    private static KioskConfig kiosk(String name, String network, DeviceKey key) {
        return new KioskConfig(name, List.of(Cidr.parse(network).orElseThrow()), key, Role.USER);
    }

    private static UnaryOperator<GatewayConfig> with(KioskConfig kiosk) {
        return config ->
                new GatewayConfig(
                        config.listen(),
                        config.dataDirectory(),
                        config.masterKeyFiles(),
                        config.network(),
                        config.homes().stream().map(home -> with(home, kiosk)).toList(),
                        config.providers(),
                        config.assertions(),
                        config.trustedHeaders(),
                        config.deprovisioning(),
                        config.limits());
    }

    private static HomeConfig with(HomeConfig home, KioskConfig kiosk) {
        SignInConfig signIn = home.signIn();
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
                new SignInConfig(
                        signIn.localLogin(),
                        signIn.passkeys(),
                        signIn.apps(),
                        signIn.breakGlass(),
                        List.of(kiosk)),
                home.clients(),
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }
}
