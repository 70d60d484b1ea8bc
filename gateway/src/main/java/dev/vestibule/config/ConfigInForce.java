package dev.vestibule.config;

import dev.vestibule.config.ClientAuthentication.None;
import dev.vestibule.config.ClientAuthentication.PrivateKeyJwt;
import dev.vestibule.config.ClientAuthentication.SecretBasic;
import dev.vestibule.config.ClientAuthentication.SecretPost;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// A configuration as YAML, with every default written out and every secret hidden, in the shape
/// that [ConfigReader] reads.
public final class ConfigInForce {

    private static final String HIDDEN = "[secret]";

    private final StringBuilder text = new StringBuilder();

    private ConfigInForce() {}

    public static String yaml(GatewayConfig config) {
        ConfigInForce yaml = new ConfigInForce();
        yaml.gateway(config);
        return yaml.text.toString();
    }

    private void gateway(GatewayConfig config) {
        section("", "listen");
        value("  ", "address", config.listen().address());
        value("  ", "port", config.listen().port());
        tls(config.listen().tls());
        value("", "data-directory", config.dataDirectory());
        value("", "master-key-file", config.masterKeyFile());
        section("", "network");
        list("  ", "trusted-proxies", config.network().trustedProxies());
        list("  ", "lan", config.network().lan());
        section("  ", "client-certificate-proxies");
        config.network().clientCertificateProxies().forEach(this::certificateProxy);
        section("", "homes");
        config.homes().forEach(this::home);
        section("", "providers");
        config.providers().forEach(this::provider);
        section("", "assertions");
        config.assertions().forEach(this::assertion);
        section("", "insecure-trusted-headers");
        config.trustedHeaders().forEach(this::trustedHeaders);
        deprovisioning(config.deprovisioning());
        limits(config.limits());
        section("", "management");
        value("  ", "listen", ManagementReader.word(config.management()));
        section("", "audit");
        value("  ", "retention", config.audit().words());
        section("", "log");
        value("  ", "format", Formats.word(config.log().format()));
        value("  ", "level", Formats.word(config.log().level()));
    }

    private void certificateProxy(ClientCertificateProxyConfig proxy) {
        value("    - ", "address", proxy.address().getHostAddress());
        value("      ", "form", Formats.word(proxy.form()));
    }

    private void tls(TlsConfig tls) {
        section("  ", "tls");
        list("    ", "certificate-file", tls.certificateFiles());
        list("    ", "key-file", tls.keyFiles());
        value("    ", "hsts", Formats.words(tls.hsts()));
        section("    ", "client-certificates");
        list("      ", "ca-file", tls.clientCertificates().caFiles());
    }

    private void home(HomeConfig home) {
        value("  - ", "name", home.name());
        value("    ", "public-url", home.publicUrl());
        list("    ", "origins", home.origins());
        value("    ", "insecure-http", home.insecureHttp());
        section("    ", "home-assistant");
        value("      ", "url", home.homeAssistant().url());
        value("      ", "token", HIDDEN);
        list("      ", "ca-file", home.homeAssistant().caFiles());
        section("    ", "roles");
        list("      ", "admin", sorted(home.roles().admin()));
        list("      ", "user", sorted(home.roles().user()));
        list("      ", "viewer", sorted(home.roles().viewer()));
        value("      ", "otherwise", HomeReader.word(home.roles().otherwise()));
        section("    ", "routes");
        value("      ", "shell", Formats.word(home.routes().shell()));
        value("      ", "public-files", Formats.word(home.routes().publicFiles()));
        value("      ", "capability", Formats.word(home.routes().capability()));
        section("      ", "webhooks");
        home.routes().webhooks().forEach(this::webhook);
        section("      ", "require-upstream");
        list("        ", "assertion", home.routes().requireUpstream().assertions());
        list("        ", "peers", home.routes().requireUpstream().peers());
        list("        ", "exempt", sorted(home.routes().requireUpstream().exempt()));
        lifetimes("session", home.session());
        lifetimes("apps", home.apps());
        signIn(home.signIn());
        clients(home.clients());
        value("    ", "existing-tokens", Formats.word(home.existingTokens()));
        value("    ", "long-lived-tokens", Formats.word(home.longLivedTokens()));
        value("    ", "webhook-migration", Formats.words(home.webhookMigration()));
    }

    private void lifetimes(String key, Lifetimes lifetimes) {
        section("    ", key);
        value("      ", "idle-timeout", Formats.words(lifetimes.idleTimeout()));
        value("      ", "lifetime", Formats.words(lifetimes.lifetime()));
    }

    private void signIn(SignInConfig signIn) {
        section("    ", "sign-in");
        value("      ", "local-login", Formats.word(signIn.localLogin()));
        value("      ", "linking", Formats.word(signIn.linking()));
        value("      ", "passkeys", signIn.passkeys());
        value("      ", "apps", Formats.word(signIn.apps()));
        section("      ", "break-glass");
        value("        ", "name", signIn.breakGlass().name());
        value("        ", "lifetime", Formats.words(signIn.breakGlass().lifetime()));
        value("        ", "anywhere", signIn.breakGlass().anywhere());
        section("      ", "kiosks");
        signIn.kiosks().forEach(this::kiosk);
    }

    private void kiosk(KioskConfig kiosk) {
        value("        - ", "name", kiosk.name());
        list("          ", "trusted-networks", kiosk.trustedNetworks());
        value("          ", "device-key", Formats.word(kiosk.deviceKey()));
        value("          ", "role", Formats.word(kiosk.role()));
        list("          ", "client-certificate", kiosk.clientCertificates());
    }

    private void clients(ClientsConfig clients) {
        section("    ", "clients");
        list("      ", "google-projects", clients.googleProjects());
        list("      ", "alexa-vendors", clients.alexaVendors());
        list("      ", "documents", clients.documents());
        value("      ", "unknown", Formats.word(clients.unknown()));
    }

    private void webhook(OpenWebhookConfig webhook) {
        value("        - ", "id", HIDDEN);
        list("          ", "methods", sorted(webhook.methods()));
        value("          ", "from", Formats.word(webhook.from()));
    }

    private void provider(OpenIdProviderConfig provider) {
        value("  - ", "id", provider.id());
        value("    ", "name", provider.displayName());
        value("    ", "issuer", provider.issuer());
        value("    ", "client-id", provider.clientId());
        authentication(provider.authentication());
        list("    ", "scopes", provider.scopes());
        claims(provider.claims());
        list("    ", "algorithms", sorted(provider.algorithms()));
        list("    ", "ca-file", provider.caFiles());
        value("    ", "user-info", Formats.word(provider.userInfo()));
        value("    ", "pushed-authorization", Formats.word(provider.pushedAuthorization()));
        list("    ", "required-acr", provider.requiredAcr());
        value("    ", "insecure-http", provider.insecureHttp());
        value("    ", "preset", Formats.word(provider.preset()));
        value("    ", "fresh-sign-in", Formats.word(provider.freshSignIn()));
        liveness(provider.liveness());
        scim(provider.scim());
    }

    private void claims(ClaimPaths claims) {
        section("    ", "claims");
        value("      ", "username", claims.username());
        value("      ", "name", claims.name());
        value("      ", "picture", claims.picture());
        value("      ", "groups", claims.groups());
    }

    private void assertion(AssertionConfig assertion) {
        value("  - ", "id", assertion.id());
        value("    ", "preset", Formats.word(assertion.preset()));
        value("    ", "header", assertion.header());
        value("    ", "issuer", assertion.issuer());
        list("    ", "audience", assertion.audience());
        assertion
                .keys()
                .forEach(
                        address -> {
                            value("    ", "keys", address);
                            list("    ", "algorithms", sorted(assertion.algorithms()));
                        });
        assertion.secrets().forEach(_ -> value("    ", "secret", HIDDEN));
        value("    ", "clock-leeway", Formats.words(assertion.clockLeeway()));
        claims(assertion.claims());
        list("    ", "ca-file", assertion.caFiles());
        value("    ", "insecure-http", assertion.insecureHttp());
        list("    ", "homes", assertion.homes());
    }

    private void trustedHeaders(TrustedHeadersConfig headers) {
        list("  - ", "peers", headers.peers());
        value("    ", "user", headers.user());
        value("    ", "name", headers.name());
        value("    ", "groups", headers.groups());
        list("    ", "homes", headers.homes());
    }

    private void liveness(LivenessConfig liveness) {
        section("    ", "liveness");
        value("      ", "enabled", liveness.enabled());
        value("      ", "check-every", Formats.words(liveness.checkEvery()));
        value("      ", "max-age", Formats.words(liveness.maxAge()));
        value("      ", "proves-disablement", Formats.word(liveness.provesDisablement()));
        value("      ", "offline-access", liveness.offlineAccess());
    }

    private void scim(ScimConfig scim) {
        section("    ", "scim");
        value("      ", "match", Formats.word(scim.match()));
        value("      ", "claim", scim.claim());
        value("      ", "roles-from", Formats.word(scim.rolesFrom()));
        value("      ", "people", Formats.word(scim.people()));
    }

    private void authentication(ClientAuthentication authentication) {
        switch (authentication) {
            case None() -> text.append("    # a public client: there is no secret\n");
            case SecretBasic _ -> secret("basic");
            case SecretPost _ -> secret("post");
            case PrivateKeyJwt key -> {
                section("    ", "private-key-jwt");
                value("      ", "key", HIDDEN);
                value("      ", "key-id", key.keyId());
                value("      ", "algorithm", key.algorithm().name());
                value("      ", "audience", Formats.word(key.audience()));
            }
        }
    }

    private void secret(String method) {
        value("    ", "client-secret", HIDDEN);
        value("    ", "client-secret-method", method);
    }

    private void deprovisioning(DeprovisioningConfig deprovisioning) {
        section("", "deprovisioning");
        value("  ", "share", deprovisioning.share());
        value("  ", "within", Formats.words(deprovisioning.within()));
        value("  ", "at-least", deprovisioning.atLeast());
    }

    private void limits(LimitsConfig limits) {
        section("", "limits");
        value("  ", "connections", limits.connections());
        value("  ", "sockets", limits.sockets());
        value("  ", "sessions-per-account", limits.sessionsPerAccount());
        value("  ", "sign-ins", limits.signIns());
        value("  ", "sign-ins-per-minute", limits.signInsPerMinute());
        value("  ", "token-questions-per-minute", limits.tokenQuestionsPerMinute());
        value("  ", "scim-refusals-per-minute", limits.scimRefusalsPerMinute());
        value("  ", "scim-requests-per-second", limits.scimRequestsPerSecond());
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    private void section(String indent, String key) {
        text.append(indent).append(key).append(":\n");
    }

    private void value(String indent, String key, Object value) {
        text.append(indent)
                .append(key)
                .append(": ")
                .append(YamlScalar.of(value.toString()))
                .append('\n');
    }

    private void list(String indent, String key, Collection<?> values) {
        String items =
                values.stream()
                        .map(value -> YamlScalar.of(value.toString()))
                        .collect(Collectors.joining(", ", "[", "]"));
        text.append(indent).append(key).append(": ").append(items).append('\n');
    }
}
