package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Every default, so that changing one is a decision that somebody sees.
final class DefaultsTest {

    @Test
    void whatHoldsWhereTheFileSaysNothing(@TempDir Path directory) {
        GatewayConfig config = ConfigFile.in(directory).config(ConfigFile.LEAST);

        assertThat(config.listen()).isEqualTo(new ListenConfig("::", 8124));
        assertThat(config.dataDirectory()).isEqualTo(directory.resolve("data"));
        assertThat(config.masterKeyFiles()).isEmpty();
        assertThat(config.masterKeyFile()).isEqualTo(directory.resolve("data/master.key"));
        assertThat(config.network()).isEqualTo(new NetworkConfig(List.of(), List.of(), List.of()));
        assertThat(config.limits())
                .isEqualTo(new LimitsConfig(10_000, 200, 100, 5_000, 60, 30, 30, 50));
        assertThat(config.management()).isEqualTo(new ManagementConfig(List.of()));
        assertThat(config.audit()).isEqualTo(new AuditConfig(Duration.ofDays(365)));
        assertThat(config.log()).isEqualTo(new LogConfig(LogFormat.TEXT, LogLevel.INFO));
        assertThat(config.assertions()).isEmpty();
        assertThat(config.trustedHeaders()).isEmpty();
        assertThat(config.deprovisioning())
                .isEqualTo(new DeprovisioningConfig(30, Duration.ofHours(1), 5));
    }

    @Test
    void whatHoldsWhereAHomeSaysNothing(@TempDir Path directory) {
        HomeConfig home = ConfigFile.in(directory).config(ConfigFile.LEAST).homes().getFirst();

        assertThat(home.name()).isEqualTo(new HomeId("home"));
        assertThat(home.origins()).isEmpty();
        assertThat(home.insecureHttp()).isFalse();
        assertThat(home.homeAssistant().caFiles()).isEmpty();
        assertThat(home.roles())
                .isEqualTo(new RolesConfig(Set.of("house-admins"), Set.of(), Set.of(), List.of()));
        assertThat(home.routes())
                .isEqualTo(
                        new RoutesConfig(
                                RoutesConfig.Shell.CACHED,
                                RoutesConfig.PublicFiles.SESSION,
                                RoutesConfig.Capability.KNOWN));
        assertThat(home.session())
                .isEqualTo(new SessionConfig(Duration.ofDays(14), Duration.ofDays(90)));
        assertThat(home.apps()).isEqualTo(new AppsConfig(Duration.ofDays(90), Lifetimes.NEVER));
        assertThat(home.signIn())
                .isEqualTo(
                        new SignInConfig(
                                LocalLogin.OFF,
                                Linking.OFF,
                                false,
                                AppSignIn.HAND_OFF,
                                new BreakGlassConfig(
                                        "Emergency administrator", Duration.ofMinutes(15), false),
                                List.of()));
        assertThat(home.clients())
                .isEqualTo(
                        new ClientsConfig(
                                List.of(),
                                List.of(),
                                List.of(),
                                ClientsConfig.UnknownClients.REFUSE));
        assertThat(home.existingTokens()).isEqualTo(ExistingTokens.ADOPT);
        assertThat(home.longLivedTokens()).isEqualTo(LongLivedTokens.TRACK);
        assertThat(home.webhookMigration()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void whatHoldsWhereAWebhookSaysNothing(@TempDir Path directory) {
        String id = "0123456789abcdef";

        assertThat(
                        ConfigFile.in(directory)
                                .config(
                                        ConfigFile.LEAST.replace(
                                                "  roles:",
                                                "  routes: {webhooks: [{id: "
                                                        + id
                                                        + "}]}\n  roles:"))
                                .homes()
                                .getFirst()
                                .routes()
                                .webhooks())
                .containsExactly(
                        new OpenWebhookConfig(
                                new Secret(id),
                                Set.of("POST", "PUT"),
                                OpenWebhookConfig.WebhookOrigin.ANYWHERE));
    }

    @Test
    void whatHoldsWhereAProviderSaysNothing(@TempDir Path directory) {
        OpenIdProviderConfig provider =
                ConfigFile.in(directory).config(ConfigFile.LEAST).providers().getFirst();

        assertThat(provider.displayName()).isEqualTo("authentik");
        assertThat(provider.authentication()).isEqualTo(new ClientAuthentication.None());
        assertThat(provider.scopes()).containsExactly("openid", "profile", "email");
        assertThat(provider.claims())
                .isEqualTo(new ClaimPaths("preferred_username", "name", "picture", "groups"));
        assertThat(provider.algorithms())
                .containsExactlyInAnyOrder("RS256", "PS256", "ES256", "EdDSA");
        assertThat(provider.caFiles()).isEmpty();
        assertThat(provider.userInfo()).isEqualTo(UserInfoUse.WHEN_CLAIMS_ARE_MISSING);
        assertThat(provider.pushedAuthorization()).isEqualTo(PushedAuthorization.WHEN_OFFERED);
        assertThat(provider.requiredAcr()).isEmpty();
        assertThat(provider.insecureHttp()).isFalse();
        assertThat(provider.preset()).isEqualTo(ProviderPreset.NONE);
        assertThat(provider.freshSignIn()).isEqualTo(FreshSignIn.AUTH_TIME);
        assertThat(provider.liveness())
                .isEqualTo(
                        new LivenessConfig(
                                true,
                                Duration.ofMinutes(5),
                                Duration.ofDays(7),
                                DisablementProof.NEVER,
                                true));
        assertThat(provider.scim())
                .isEqualTo(
                        new ScimConfig(
                                ScimConfig.Match.EXTERNAL_ID,
                                "sub",
                                ScimConfig.RolesFrom.SCIM,
                                ScimConfig.People.ANYBODY));
    }

    @Test
    void whoIsMatchedByUserNameIsSoByThePreferredOne(@TempDir Path directory) {
        assertThat(
                        ConfigFile.in(directory)
                                .config(ConfigFile.LEAST + "    scim: {match: user-name}\n")
                                .providers()
                                .getFirst()
                                .scim()
                                .claim())
                .isEqualTo("preferred_username");
    }

    @Test
    void aPresetSaysWhenItsProviderProvesThatSomebodyIsDisabled(@TempDir Path directory) {
        assertThat(provesDisablement(directory, "    preset: keycloak\n"))
                .isEqualTo(DisablementProof.WHEN_SAID);
        assertThat(
                        provesDisablement(
                                directory,
                                "    preset: keycloak\n"
                                        + "    liveness: {proves-disablement: never}\n"))
                .isEqualTo(DisablementProof.NEVER);
    }

    @Test
    void aPresetSaysHowAFreshSignInIsHad(@TempDir Path directory) {
        assertThat(freshSignIn(directory, "    preset: google\n"))
                .isEqualTo(FreshSignIn.SELECT_ACCOUNT);
        assertThat(freshSignIn(directory, "    preset: keycloak\n"))
                .isEqualTo(FreshSignIn.AUTH_TIME);
        assertThat(freshSignIn(directory, "    preset: google\n    fresh-sign-in: prompt-login\n"))
                .isEqualTo(FreshSignIn.PROMPT_LOGIN);
    }

    private static FreshSignIn freshSignIn(Path directory, String more) {
        return ConfigFile.in(directory)
                .config(ConfigFile.LEAST + more)
                .providers()
                .getFirst()
                .freshSignIn();
    }

    private static DisablementProof provesDisablement(Path directory, String more) {
        return ConfigFile.in(directory)
                .config(ConfigFile.LEAST + more)
                .providers()
                .getFirst()
                .liveness()
                .provesDisablement();
    }

    @Test
    void whatHoldsWhereAPrivateKeySaysNothing(@TempDir Path directory) {
        ConfigFile file = ConfigFile.in(directory);
        file.write("key.pem", "-----BEGIN PRIVATE KEY-----\n", "rw-------");

        assertThat(
                        file.config(
                                        ConfigFile.LEAST
                                                + "    private-key-jwt: {key-file: key.pem, key-id:"
                                                + " k}\n")
                                .providers()
                                .getFirst()
                                .authentication())
                .isInstanceOfSatisfying(
                        ClientAuthentication.PrivateKeyJwt.class,
                        key -> {
                            assertThat(key.algorithm())
                                    .isEqualTo(ClientAuthentication.SigningAlgorithm.RS256);
                            assertThat(key.audience())
                                    .isEqualTo(ClientAuthentication.JwtAudience.ISSUER);
                        });
    }

    @Test
    void whatHoldsWhereTheMethodOfAClientSecretIsNotSaid(@TempDir Path directory) {
        assertThat(
                        ConfigFile.in(directory)
                                .config(ConfigFile.LEAST + "    client-secret: x\n")
                                .providers()
                                .getFirst()
                                .authentication())
                .isInstanceOf(ClientAuthentication.SecretBasic.class);
    }
}
