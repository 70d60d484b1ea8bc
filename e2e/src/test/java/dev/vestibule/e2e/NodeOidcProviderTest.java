package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import dev.vestibule.GatewayHouse;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ClientAuthentication.JwtAudience;
import dev.vestibule.config.ClientAuthentication.PrivateKeyJwt;
import dev.vestibule.config.ClientAuthentication.SecretBasic;
import dev.vestibule.config.ClientAuthentication.SigningAlgorithm;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.ProviderPreset;
import dev.vestibule.config.PushedAuthorization;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.e2e.NodeOpenIdProvider.Options;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Signing in at a certified provider that is not ours: `oidc-provider`, which demands PKCE.
class NodeOidcProviderTest {

    private static final String ID = "certified";
    private static final String CLIENT_ID = "vestibule";

    /// With characters that RFC 6749 section 2.3.1 wants encoded inside Basic.
    private static final String CLIENT_SECRET = "half a secret: 50% + a/b=c & ~";

    private static final ClientAuthentication BASIC = new SecretBasic(new Secret(CLIENT_SECRET));
    private static final RolesConfig ROLES =
            new RolesConfig(Set.of("admins"), Set.of("family"), Set.of(), List.of());

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final VisitorBrowser browser = browser();
    private final Origin origin = GatewayHouse.freeOrigin();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void groupsThatOnlyUserInfoHasGiveTheRole() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);

        SignedIn ada = signIn(provider, house, browser, "ada");

        assertThat(currentUser(house, ada).path("name").asText()).isEqualTo("Ada");
        assertThat(currentUser(house, ada).path("is_admin").asBoolean()).isTrue();
        assertThat(house.homeAssistant().userNamed("Ada").orElseThrow().groups())
                .containsExactly("system-admin");
        assertThat(provider.takeRequests()).contains(NodeOpenIdProvider.USER_INFO);
    }

    @Test
    void groupsInTheIdTokenGiveTheRoleAndUserInfoIsNotAsked() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), false, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);

        SignedIn ben = signIn(provider, house, browser, "ben");

        assertThat(currentUser(house, ben).path("name").asText()).isEqualTo("Ben");
        assertThat(currentUser(house, ben).path("is_admin").asBoolean()).isFalse();
        assertThat(house.homeAssistant().userNamed("Ben").orElseThrow().groups())
                .containsExactly("system-users");
        assertThat(provider.takeRequests())
                .contains(NodeOpenIdProvider.TOKEN)
                .doesNotContain(NodeOpenIdProvider.USER_INFO);
    }

    @Test
    void aPersonWithoutARoleIsRefusedAndHomeAssistantNeverHearsOfThem() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);
        house.homeAssistant().record().clear();

        Answer answer = provider.signIn(browser, house.authorizeAddress(), "sam", house.landing());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("You have no access to this home");
        assertThat(house.homeAssistant().record().contains("Sam")).isFalse();
    }

    @Test
    void aSignInThatThePersonEndsAtTheProviderEndsInAPageThatSaysSo() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);

        Answer answer = provider.decline(browser, house.authorizeAddress(), house.landing());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("The identity provider ended the sign-in");
    }

    @Test
    void aKeyThatWasReplacedBetweenTwoSignInsIsFetchedAtOnce() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);
        signIn(provider, house, browser, "ada");
        provider.takeRequests();

        provider.rotateKey();
        SignedIn ben = signIn(provider, house, browser(), "ben");

        assertThat(currentUser(house, ben).path("name").asText()).isEqualTo("Ben");
        assertThat(provider.takeRequests()).containsOnlyOnce(NodeOpenIdProvider.KEYS);
    }

    @Test
    void aSignedStatementInsteadOfASecretIsAccepted() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("vestibule-2026").generate();
        Map<String, ?> registered =
                Map.of(
                        "client_id",
                        CLIENT_ID,
                        "redirect_uris",
                        redirectUris(),
                        "token_endpoint_auth_method",
                        "private_key_jwt",
                        "token_endpoint_auth_signing_alg",
                        "ES256",
                        "jwks",
                        Map.of("keys", List.of(key.toPublicJWK().toJSONObject())));
        NodeOpenIdProvider provider = provider(new Options(registered, true, false));
        GatewayHouse house =
                house(
                        provider,
                        new PrivateKeyJwt(
                                new Secret(pem(key)),
                                key.getKeyID(),
                                SigningAlgorithm.ES256,
                                JwtAudience.ISSUER),
                        PushedAuthorization.WHEN_OFFERED);

        SignedIn ada = signIn(provider, house, browser, "ada");

        assertThat(currentUser(house, ada).path("name").asText()).isEqualTo("Ada");
    }

    @Test
    void parametersArePushedWhereTheProviderDemandsIt() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, true));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);

        SignedIn ben = signIn(provider, house, browser, "ben");

        assertThat(currentUser(house, ben).path("name").asText()).isEqualTo("Ben");
        assertThat(provider.takeRequests()).containsOnlyOnce(NodeOpenIdProvider.PUSHED_REQUESTS);
    }

    @Test
    void nothingIsPushedWhereTheConfigurationForbidsIt() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.NEVER);

        SignedIn ben = signIn(provider, house, browser, "ben");

        assertThat(currentUser(house, ben).path("name").asText()).isEqualTo("Ben");
        assertThat(provider.takeRequests()).doesNotContain(NodeOpenIdProvider.PUSHED_REQUESTS);
    }

    @Test
    void aProviderThatIsAwayIsAClearPageAndSignInWorksWhenItIsBack() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);
        provider.goAway();

        Answer answer = browser.walk(house.authorizeAddress(), house.landing());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("The identity provider cannot be reached");
        provider.comeBack();
        Patience.until(
                () -> browser.walk(house.authorizeAddress(), house.landing()).status() == 200,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                () -> "nobody is sent to the provider, which is back");
        SignedIn ben = signIn(provider, house, browser, "ben");
        assertThat(currentUser(house, ben).path("name").asText()).isEqualTo("Ben");
    }

    @Test
    void aProviderThatGoesAwayBeforeTheCallbackIsAClearPageAndNobodyIsMade() {
        NodeOpenIdProvider provider = provider(new Options(withSecret(), true, false));
        GatewayHouse house = house(provider, BASIC, PushedAuthorization.WHEN_OFFERED);
        String callback = origin.resolve(OpenIdProviderConfig.CALLBACK_PATH).toString();
        Answer back = provider.signIn(browser, house.authorizeAddress(), "ben", callback);
        provider.goAway();

        Answer answer = browser.walk(URI.create(back.location()), house.landing());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("The identity provider cannot be reached");
        assertThat(house.homeAssistant().userNamed("Ben")).isEmpty();
    }

    private NodeOpenIdProvider provider(Options options) {
        NodeOpenIdProvider provider = new NodeOpenIdProvider(options);
        open.push(provider);
        return provider;
    }

    private GatewayHouse house(
            NodeOpenIdProvider provider,
            ClientAuthentication authentication,
            PushedAuthorization pushed) {
        OpenIdProviderConfig config =
                new OpenIdProviderConfig(
                        ID,
                        ID,
                        provider.issuer(),
                        CLIENT_ID,
                        authentication,
                        List.of("openid", "profile", "groups"),
                        ClaimPaths.DEFAULTS,
                        OpenIdProviderConfig.DEFAULT_ALGORITHMS,
                        List.of(),
                        UserInfoUse.WHEN_CLAIMS_ARE_MISSING,
                        pushed,
                        List.of(),
                        false,
                        ProviderPreset.NONE,
                        FreshSignIn.AUTH_TIME,
                        LivenessConfig.DEFAULTS,
                        ScimConfig.DEFAULTS);
        GatewayHouse house = new GatewayHouse(origin, List.of(config), ROLES);
        open.push(house);
        return house;
    }

    private VisitorBrowser browser() {
        VisitorBrowser another = new VisitorBrowser();
        open.push(another);
        return another;
    }

    private Map<String, ?> withSecret() {
        return Map.of(
                "client_id",
                CLIENT_ID,
                "client_secret",
                CLIENT_SECRET,
                "redirect_uris",
                redirectUris(),
                "token_endpoint_auth_method",
                "client_secret_basic");
    }

    private List<String> redirectUris() {
        return List.of(origin.resolve(OpenIdProviderConfig.CALLBACK_PATH + "/" + ID).toString());
    }

    private static String pem(ECKey key) throws Exception {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.toECPrivateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static SignedIn signIn(
            NodeOpenIdProvider provider, GatewayHouse house, VisitorBrowser browser, String who) {
        Answer back = provider.signIn(browser, house.authorizeAddress(), who, house.landing());
        return house.redeem(browser, GatewayHouse.codeIn(back));
    }

    private JsonNode currentUser(GatewayHouse house, SignedIn person) {
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(person.accessToken())).isEqualTo("auth_ok");
            return socket.call(
                    JsonNodeFactory.instance.objectNode().put("type", "auth/current_user"));
        }
    }
}
