package dev.vestibule;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.config.Role;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.network.Cidr;

import java.util.List;
import java.util.function.UnaryOperator;

/// What a configuration says about wall tablets.
public final class Tablets {

    private Tablets() {}

    static UnaryOperator<GatewayConfig> named(String name, String network) {
        return SignInChange.of(kiosk(name, network, DeviceKey.OFF));
    }

    static UnaryOperator<GatewayConfig> holdingAKey(String name, String network) {
        return SignInChange.of(kiosk(name, network, DeviceKey.REQUIRED));
    }

    static UnaryOperator<GatewayConfig> viewing(String name, String network) {
        return SignInChange.of(kiosk(name, network, DeviceKey.OFF, Role.VIEWER, List.of()));
    }

    public static UnaryOperator<SignInConfig> kiosk(String name, String network, DeviceKey key) {
        return kiosk(name, network, key, Role.USER, List.of());
    }

    /// One that shows a certificate in every request.
    ///
    /// @param fingerprint SHA-256, in hexadecimal digits
    public static UnaryOperator<SignInConfig> showing(
            String name, String network, String fingerprint) {
        return kiosk(name, network, DeviceKey.OFF, Role.USER, List.of(fingerprint));
    }

    private static UnaryOperator<SignInConfig> kiosk(
            String name, String network, DeviceKey key, Role role, List<String> certificates) {
        KioskConfig kiosk =
                new KioskConfig(
                        name, List.of(Cidr.parse(network).orElseThrow()), key, role, certificates);
        return signIn ->
                new SignInConfig(
                        signIn.localLogin(),
                        signIn.linking(),
                        signIn.passkeys(),
                        signIn.apps(),
                        signIn.breakGlass(),
                        List.of(kiosk));
    }
}
