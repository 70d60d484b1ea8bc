package dev.vestibule;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.RolesConfig;

import java.util.List;
import java.util.Set;

/// A second home of the same gateway, with administrators of its own.
final class Cabin {

    private static final RolesConfig ROLES =
            new RolesConfig(Set.of("foresters"), Set.of(), Set.of(), List.of());

    private Cabin() {}

    static GatewayConfig beside(GatewayConfig config) {
        HomeConfig home = config.homes().getFirst();
        HomeConfig cabin =
                new HomeConfig(
                        new HomeId("cabin"),
                        GatewayHouse.freeOrigin(),
                        List.of(),
                        home.insecureHttp(),
                        home.homeAssistant(),
                        ROLES,
                        home.routes(),
                        home.session(),
                        home.apps(),
                        home.signIn(),
                        home.clients(),
                        home.existingTokens(),
                        home.longLivedTokens(),
                        home.webhookMigration());
        return new GatewayConfig(
                config.listen(),
                config.dataDirectory(),
                config.masterKeyFiles(),
                config.network(),
                List.of(home, cabin),
                config.providers(),
                config.assertions(),
                config.trustedHeaders(),
                config.deprovisioning(),
                config.limits(),
                config.management(),
                config.audit(),
                config.log());
    }
}
