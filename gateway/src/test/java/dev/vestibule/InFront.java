package dev.vestibule;

import dev.vestibule.config.AssertionConfig;
import dev.vestibule.config.AssertionPreset;
import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.config.TrustedHeadersConfig;
import dev.vestibule.network.Cidr;
import dev.vestibule.testhouse.proxy.ScriptedProxy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What a configuration says about proxies in front.
final class InFront {

    static final String HEADER = "Cf-Access-Jwt-Assertion";

    private InFront() {}

    /// A [ScriptedProxy] signs who somebody is.
    static UnaryOperator<GatewayConfig> signing(ScriptedProxy proxy) {
        return config -> with(config, List.of(access(proxy)), List.of());
    }

    /// Proxies sign who somebody is, each in its way.
    static UnaryOperator<GatewayConfig> believing(List<AssertionConfig> assertions) {
        return config -> with(config, assertions, List.of());
    }

    static AssertionConfig access(ScriptedProxy proxy) {
        return new AssertionConfig(
                "access",
                AssertionPreset.CLOUDFLARE_ACCESS,
                HEADER,
                ScriptedProxy.ISSUER,
                List.of(ScriptedProxy.AUDIENCE),
                List.of(proxy.keys()),
                List.of(),
                Set.of("ES256"),
                Duration.ofSeconds(30),
                new ClaimPaths("email", "name", "custom.picture", "custom.groups"),
                List.of(),
                false,
                List.of());
    }

    /// A proxy at an address only says who somebody is.
    static UnaryOperator<GatewayConfig> saying(String peer) {
        return config -> with(config, List.of(), List.of(plain(peer)));
    }

    /// One proxy signs, and another at an address only says.
    static UnaryOperator<GatewayConfig> both(ScriptedProxy proxy, String peer) {
        return config -> with(config, List.of(access(proxy)), List.of(plain(peer)));
    }

    private static TrustedHeadersConfig plain(String peer) {
        return new TrustedHeadersConfig(
                List.of(Cidr.parse(peer).orElseThrow()),
                "Remote-User",
                "Remote-Name",
                "Remote-Groups",
                List.of());
    }

    /// As [#signing], and nobody comes in who walked around it.
    static UnaryOperator<GatewayConfig> demanding(
            ScriptedProxy proxy, Set<String> exempt, String... peers) {
        RequireUpstreamConfig demand =
                new RequireUpstreamConfig(
                        List.of("access"),
                        List.of(peers).stream().flatMap(peer -> Cidr.parse(peer).stream()).toList(),
                        exempt);
        return config -> demanding(signing(proxy).apply(config), demand);
    }

    private static GatewayConfig with(
            GatewayConfig config,
            List<AssertionConfig> signed,
            List<TrustedHeadersConfig> unsigned) {
        return new GatewayConfig(
                config.listen(),
                config.dataDirectory(),
                config.masterKeyFiles(),
                config.network(),
                config.homes(),
                config.providers(),
                signed,
                unsigned,
                config.deprovisioning(),
                config.limits(),
                config.management(),
                config.audit(),
                config.log());
    }

    private static GatewayConfig demanding(GatewayConfig config, RequireUpstreamConfig demand) {
        return new GatewayConfig(
                config.listen(),
                config.dataDirectory(),
                config.masterKeyFiles(),
                config.network(),
                config.homes().stream().map(home -> demanding(home, demand)).toList(),
                config.providers(),
                config.assertions(),
                config.trustedHeaders(),
                config.deprovisioning(),
                config.limits(),
                config.management(),
                config.audit(),
                config.log());
    }

    private static HomeConfig demanding(HomeConfig home, RequireUpstreamConfig demand) {
        RoutesConfig routes = home.routes();
        return new HomeConfig(
                home.name(),
                home.publicUrl(),
                home.origins(),
                home.insecureHttp(),
                home.homeAssistant(),
                home.roles(),
                new RoutesConfig(
                        routes.shell(),
                        routes.publicFiles(),
                        routes.capability(),
                        routes.webhooks(),
                        demand),
                home.session(),
                home.apps(),
                home.signIn(),
                home.clients(),
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }
}
