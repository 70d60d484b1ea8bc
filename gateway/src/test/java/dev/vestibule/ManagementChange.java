package dev.vestibule;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.ListenAddress;
import dev.vestibule.config.ManagementConfig;

import java.util.List;
import java.util.function.UnaryOperator;

/// A configuration in which it can be asked how the gateway is, at a port of this machine that the
/// system chooses.
final class ManagementChange {

    private ManagementChange() {}

    static UnaryOperator<GatewayConfig> on() {
        return config ->
                new GatewayConfig(
                        config.listen(),
                        config.dataDirectory(),
                        config.masterKeyFiles(),
                        config.network(),
                        config.homes(),
                        config.providers(),
                        config.assertions(),
                        config.trustedHeaders(),
                        config.deprovisioning(),
                        config.limits(),
                        new ManagementConfig(List.of(new ListenAddress("127.0.0.1", 0))),
                        config.audit(),
                        config.log());
    }
}
