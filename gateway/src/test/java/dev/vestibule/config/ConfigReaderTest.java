package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.network.CertificateForm;
import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

final class ConfigReaderTest {

    @TempDir Path directory;
    private ConfigFile file = ConfigFile.in(Path.of("."));

    @BeforeEach
    void beginInAnEmptyDirectory() {
        file = ConfigFile.in(directory);
    }

    @Test
    void knowsWhatCloudflarePomeriumAndAuthentikSend(@TempDir Path directory) {
        List<AssertionConfig> assertions =
                ConfigFile.in(directory)
                        .config(
                                ConfigFile.LEAST
                                        + """
                                        assertions:
                                          - id: cf
                                            preset: cloudflare-access
                                            issuer: https://team.cloudflareaccess.com
                                            audience: tag
                                          - id: pom
                                            preset: pomerium
                                            issuer: home.example.org
                                            audience: home.example.org
                                          - id: ak
                                            preset: authentik
                                            issuer: https://auth.example.org/application/o/home/
                                            audience: client
                                            secret: 0123456789abcdef0123456789abcdef
                                        """)
                        .assertions();

        assertThat(assertions)
                .extracting(AssertionConfig::header)
                .containsExactly(
                        "Cf-Access-Jwt-Assertion", "X-Pomerium-Jwt-Assertion", "X-authentik-jwt");
        assertThat(assertions)
                .extracting(AssertionConfig::keys)
                .containsExactly(
                        List.of(
                                URI.create(
                                        "https://team.cloudflareaccess.com/cdn-cgi/access/certs")),
                        List.of(
                                URI.create(
                                        "https://home.example.org/.well-known/pomerium/jwks.json")),
                        List.of());
        assertThat(assertions.get(0).algorithms()).containsExactly("RS256");
        assertThat(assertions.get(1).algorithms()).containsExactly("ES256");
        assertThat(assertions.get(0).claims().username()).isEqualTo("email");
        assertThat(assertions.get(2).secrets()).hasSize(1);
        assertThat(assertions.get(2).clockLeeway()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsTheLeastThatAConfigurationSays() {
        GatewayConfig config = file.config(ConfigFile.LEAST);

        HomeConfig home = config.homes().getFirst();
        assertThat(home.publicUrl()).hasToString("https://home.example.org");
        assertThat(home.homeAssistant().url()).isEqualTo(URI.create("http://homeassistant:8123"));
        assertThat(home.homeAssistant().token()).isEqualTo(new Secret("abc"));
        assertThat(home.roles().admin()).containsExactly("house-admins");
        assertThat(config.providers())
                .containsExactly(
                        OpenIdProviderConfig.of(
                                "authentik",
                                URI.create("https://auth.example.org/"),
                                "vestibule",
                                new ClientAuthentication.None()));
    }

    @Test
    void readsEveryKeyOfAFullConfiguration() {
        file.write("home.token", "the token\n", "rw-------");
        file.write("proxy.secret", "the secret\n", "rw-------");

        GatewayConfig config =
                file.config(
                        """
                        listen: {address: 127.0.0.1, port: 8443}
                        data-directory: store
                        master-key-file: /run/secrets/master.key
                        network:
                          trusted-proxies: [172.18.0.2]
                          lan: [192.168.1.0/24, "fd12:3456::/48"]
                          client-certificate-proxies:
                            - {address: 172.18.0.2, form: nginx}
                            - {address: "fd12:3456::3", form: xfcc}
                        homes:
                          - name: town
                            public-url: https://Town.example.org:443
                            origins: [http://localhost:8124]
                            home-assistant: {url: "http://10.0.0.2:8123", token-file: home.token}
                            roles:
                              admin: [admins]
                              user: [family, friends]
                              viewer: guests
                              otherwise: viewer
                            routes: {shell: session, public-files: open, capability: off}
                            session: {idle-timeout: 30m, lifetime: 12h}
                            apps: {idle-timeout: never, lifetime: never}
                            sign-in:
                              local-login: break-glass
                              linking: offer
                              passkeys: true
                              apps: in-app
                              break-glass: {name: Ward, lifetime: 30m, anywhere: true}
                              kiosks:
                                - {name: hallway, trusted-networks: [192.168.1.20], role: viewer}
                                - name: kitchen
                                  trusted-networks: [192.168.1.21]
                                  device-key: required
                            clients:
                              google-projects: [my-home-1]
                              alexa-vendors: [M2ABC]
                              documents: [https://app.example.org/client.json]
                              unknown: ask
                            existing-tokens: deny
                            long-lived-tokens: deny
                            webhook-migration: 0d
                          - name: lake
                            public-url: https://lake.example.org
                            home-assistant: {url: "http://10.0.1.2:8123", token-file: home.token}
                            roles: {admin: admins}
                        providers:
                          - id: one
                            name: Family account
                            issuer: https://one.example.org
                            client-id: vestibule
                            client-secret-file: proxy.secret
                            client-secret-method: post
                            scopes: [profile, groups]
                            claims: {username: email, name: nick, picture: icon, groups: a.b}
                            algorithms: [ES256, eddsa]
                            user-info: always
                            pushed-authorization: never
                            required-acr: [phr]
                            preset: keycloak
                            fresh-sign-in: prompt-login
                            liveness:
                              enabled: false
                              check-every: 30s
                              max-age: 12h
                              proves-disablement: always
                              offline-access: false
                            scim:
                              match: user-name
                              claim: oid
                              roles-from: sign-in
                              people: scim-only
                        deprovisioning:
                          share: 10
                          within: 1d
                          at-least: 20
                        limits:
                          connections: 1
                          sockets: 2
                          sessions-per-account: 7
                          sign-ins: 3
                          sign-ins-per-minute: 4
                          token-questions-per-minute: 5
                          scim-refusals-per-minute: 6
                          scim-requests-per-second: 8
                        """);

        assertThat(config.listen()).isEqualTo(new ListenConfig("127.0.0.1", 8443));
        assertThat(config.dataDirectory()).isEqualTo(directory.resolve("store"));
        assertThat(config.masterKeyFile()).isEqualTo(Path.of("/run/secrets/master.key"));
        assertThat(config.network())
                .isEqualTo(
                        new NetworkConfig(
                                List.of(cidr("172.18.0.2")),
                                List.of(cidr("192.168.1.0/24"), cidr("fd12:3456::/48")),
                                List.of(
                                        certificatesBy("172.18.0.2", CertificateForm.NGINX),
                                        certificatesBy("fd12:3456::3", CertificateForm.XFCC))));
        assertThat(config.homes())
                .extracting(home -> home.name().value())
                .containsExactly("town", "lake");
        HomeConfig town = config.homes().getFirst();
        assertThat(town.publicUrl()).hasToString("https://town.example.org");
        assertThat(town.session())
                .isEqualTo(new SessionConfig(Duration.ofMinutes(30), Duration.ofHours(12)));
        assertThat(town.apps()).isEqualTo(new AppsConfig(Lifetimes.NEVER, Lifetimes.NEVER));
        assertThat(town.signIn())
                .isEqualTo(
                        new SignInConfig(
                                LocalLogin.BREAK_GLASS,
                                Linking.OFFER,
                                true,
                                AppSignIn.IN_APP,
                                new BreakGlassConfig("Ward", Duration.ofMinutes(30), true),
                                List.of(
                                        new KioskConfig(
                                                "hallway",
                                                List.of(cidr("192.168.1.20")),
                                                KioskConfig.DeviceKey.OFF,
                                                Role.VIEWER,
                                                List.of()),
                                        new KioskConfig(
                                                "kitchen",
                                                List.of(cidr("192.168.1.21")),
                                                KioskConfig.DeviceKey.REQUIRED,
                                                Role.USER,
                                                List.of()))));
        assertThat(town.clients())
                .isEqualTo(
                        new ClientsConfig(
                                List.of("my-home-1"),
                                List.of("M2ABC"),
                                List.of(URI.create("https://app.example.org/client.json")),
                                ClientsConfig.UnknownClients.ASK));
        assertThat(town.origins()).hasToString("[http://localhost:8124]");
        assertThat(town.homeAssistant().token()).isEqualTo(new Secret("the token"));
        assertThat(town.roles())
                .isEqualTo(
                        new RolesConfig(
                                Set.of("admins"),
                                Set.of("family", "friends"),
                                Set.of("guests"),
                                List.of(Role.VIEWER)));
        assertThat(town.routes())
                .isEqualTo(
                        new RoutesConfig(
                                RoutesConfig.Shell.SESSION,
                                RoutesConfig.PublicFiles.OPEN,
                                RoutesConfig.Capability.OFF));
        assertThat(town.existingTokens()).isEqualTo(ExistingTokens.DENY);
        assertThat(town.longLivedTokens()).isEqualTo(LongLivedTokens.DENY);
        assertThat(town.webhookMigration()).isEqualTo(Duration.ZERO);
        assertThat(config.providers())
                .containsExactly(
                        new OpenIdProviderConfig(
                                "one",
                                "Family account",
                                URI.create("https://one.example.org"),
                                "vestibule",
                                new ClientAuthentication.SecretPost(new Secret("the secret")),
                                List.of("openid", "profile", "groups"),
                                new ClaimPaths("email", "nick", "icon", "a.b"),
                                Set.of("ES256", "EdDSA"),
                                List.of(),
                                UserInfoUse.ALWAYS,
                                PushedAuthorization.NEVER,
                                List.of("phr"),
                                false,
                                ProviderPreset.KEYCLOAK,
                                FreshSignIn.PROMPT_LOGIN,
                                new LivenessConfig(
                                        false,
                                        Duration.ofSeconds(30),
                                        Duration.ofHours(12),
                                        DisablementProof.ALWAYS,
                                        false),
                                new ScimConfig(
                                        ScimConfig.Match.USER_NAME,
                                        "oid",
                                        ScimConfig.RolesFrom.SIGN_IN,
                                        ScimConfig.People.SCIM_ONLY)));
        assertThat(config.deprovisioning())
                .isEqualTo(new DeprovisioningConfig(10, Duration.ofDays(1), 20));
        assertThat(config.limits()).isEqualTo(new LimitsConfig(1, 2, 7, 3, 4, 5, 6, 8));
    }

    private static ClientCertificateProxyConfig certificatesBy(
            String address, CertificateForm form) {
        return new ClientCertificateProxyConfig(InetAddress.ofLiteral(address), form);
    }

    @Test
    void readsAPrivateKeyInsteadOfASecret() {
        String pem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        file.write("client.pem", pem, "rw-------");

        GatewayConfig config =
                file.config(
                        ConfigFile.LEAST
                                + """
                                    private-key-jwt:
                                      key-file: client.pem
                                      key-id: k1
                                      algorithm: es256
                                      audience: token-endpoint
                                """);

        assertThat(config.providers().getFirst().authentication())
                .isEqualTo(
                        new ClientAuthentication.PrivateKeyJwt(
                                new Secret(pem.strip()),
                                "k1",
                                ClientAuthentication.SigningAlgorithm.ES256,
                                ClientAuthentication.JwtAudience.TOKEN_ENDPOINT));
    }

    @Test
    void putsEnvironmentVariablesIntoValues() {
        GatewayConfig config =
                file.with("HOST", "home.example.org")
                        .config(
                                ConfigFile.LEAST
                                        .replace("home.example.org", "${HOST}")
                                        .replace("vestibule", "${MISSING:-fallen-back}"));

        assertThat(config.homes().getFirst().publicUrl()).hasToString("https://home.example.org");
        assertThat(config.providers().getFirst().clientId()).isEqualTo("fallen-back");
    }

    @Test
    void readsWhatAVariableBringsOnlyOnceAndAsAValueOnly() {
        GatewayConfig config =
                file.with("SECRET", "a: ${HOME}\"[")
                        .config(ConfigFile.LEAST.replace("abc", "${SECRET}"));

        assertThat(config.homes().getFirst().homeAssistant().token())
                .isEqualTo(new Secret("a: ${HOME}\"["));
    }

    @Test
    void keepsAMarkedDollarBrace() {
        GatewayConfig config = file.config(ConfigFile.LEAST.replace("abc", "x$${Y}z"));

        assertThat(config.homes().getFirst().homeAssistant().token())
                .isEqualTo(new Secret("x${Y}z"));
    }

    @Test
    void readsNumbersAndWordsAsTheyAreWritten() {
        GatewayConfig config =
                file.config(
                        ConfigFile.LEAST
                                .replace("vestibule", "0123")
                                .replace("house-admins", "[yes, 1_000, null-and-void]"));

        assertThat(config.providers().getFirst().clientId()).isEqualTo("0123");
        assertThat(config.homes().getFirst().roles().admin())
                .containsExactlyInAnyOrder("yes", "1_000", "null-and-void");
    }

    @Test
    void takesAnEmptySectionOrListAsAbsent() {
        GatewayConfig config =
                file.config(
                        ConfigFile.LEAST
                                + """
                                limits:
                                  # sockets: 100
                                network:
                                  lan:
                                """);

        assertThat(config.limits()).isEqualTo(Defaults.LIMITS);
        assertThat(config.network()).isEqualTo(Defaults.NETWORK);
    }

    @Test
    void readsWhereItCanBeAskedHowTheGatewayIs() {
        assertThat(management("127.0.0.1:8125"))
                .isEqualTo(new ManagementConfig(List.of(new ListenAddress("127.0.0.1", 8125))));
        assertThat(management("'[::1]:8125'"))
                .isEqualTo(new ManagementConfig(List.of(new ListenAddress("::1", 8125))));
        assertThat(management("off")).isEqualTo(ManagementConfig.OFF);
    }

    @Test
    void readsHowLongTheAuditLogIsKept() {
        assertThat(audit("90d").retention()).isEqualTo(Duration.ofDays(90));
        assertThat(audit("forever").retention()).isEqualTo(Lifetimes.NEVER);
        assertThat(audit("forever").words()).isEqualTo("forever");
        assertThat(wrongAudit("12h")).contains("out of range");
        assertThat(wrongAudit("never")).contains("write forever");
        assertThat(wrongAudit("0d")).contains("Write 1d to");
    }

    private String wrongAudit(String retention) {
        String wrong = ConfigFile.LEAST + "audit: {retention: " + retention + "}\n";
        return file.problems(wrong).getFirst().sentence();
    }

    private AuditConfig audit(String retention) {
        return file.config(ConfigFile.LEAST + "audit: {retention: " + retention + "}\n").audit();
    }

    private ManagementConfig management(String listen) {
        return file.config(ConfigFile.LEAST + "management: {listen: " + listen + "}\n")
                .management();
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
