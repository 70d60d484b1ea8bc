package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

class ClientAuthenticationTest {

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void basicIsDecodedFromItsFormEncoding() throws Exception {
        assertThat(house.token(House.redemption(house.code())).statusCode()).isEqualTo(200);

        String raw = House.CLIENT_ID + ":" + House.SECRET;
        var answer =
                house.browser.post(
                        house.provider.uri(Endpoint.TOKEN),
                        House.redemption(house.code()),
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(raw.getBytes(StandardCharsets.UTF_8)));
        assertRefused(answer);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    }

    @Test
    void theSecretMayBeInTheFormOnlyForAClientThatRegisteredThat() throws Exception {
        house.provider.register(
                RegisteredClient.secretPost("poster", "post-secret", House.CALLBACK));
        String code = house.code("client_id", "poster");

        assertRefused(post(code, "client_id", "poster", "client_secret", "wrong"));
        assertThat(post(code, "client_id", "poster", "client_secret", "post-secret").statusCode())
                .isEqualTo(200);
        assertRefused(
                post(house.code(), "client_id", House.CLIENT_ID, "client_secret", House.SECRET));
    }

    @Test
    void aPublicClientNeedsNoSecretAndAConfidentialOneDoes() throws Exception {
        house.provider.register(RegisteredClient.publicClient("app", House.CALLBACK));

        assertThat(post(house.code("client_id", "app"), "client_id", "app").statusCode())
                .isEqualTo(200);
        assertRefused(post(house.code(), "client_id", House.CLIENT_ID));
    }

    @Test
    void aSignedAssertionWorksOnce() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("client-key").generate();
        house.provider.register(
                RegisteredClient.privateKeyJwt("signer", new JWKSet(key), House.CALLBACK));
        String assertion =
                assertion(
                        key,
                        house.provider.issuer(),
                        InstantSource.system().instant().plusSeconds(60));

        assertThat(postAssertion(house.code("client_id", "signer"), assertion).statusCode())
                .isEqualTo(200);
        assertRefused(postAssertion(house.code("client_id", "signer"), assertion));
    }

    @Test
    void anAssertionForSomebodyElseOrByAnotherKeyOrTooOldIsRefused() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("client-key").generate();
        RSAKey other = new RSAKeyGenerator(2048).keyID("client-key").generate();
        house.provider.register(
                RegisteredClient.privateKeyJwt("signer", new JWKSet(key), House.CALLBACK));
        Instant soon = InstantSource.system().instant().plusSeconds(60);
        URI issuer = house.provider.issuer();
        String code = house.code("client_id", "signer");

        assertRefused(postAssertion(code, assertion(key, House.CALLBACK, soon)));
        assertRefused(postAssertion(code, assertion(other, issuer, soon)));
        assertRefused(postAssertion(code, assertion(key, issuer, Instant.EPOCH)));
        assertThat(postAssertion(code, assertion(key, issuer, soon)).statusCode()).isEqualTo(200);
    }

    @Test
    void twoMethodsAtOnceAreRefused() throws Exception {
        var form =
                House.redemption(
                        house.code(), "client_id", House.CLIENT_ID, "client_secret", House.SECRET);

        assertRefused(house.token(form));
    }

    @Test
    void aCodeIsBoundToItsClient() throws Exception {
        house.provider.register(RegisteredClient.publicClient("app", House.CALLBACK));

        var answer = post(house.code(), "client_id", "app");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_grant");
    }

    @Test
    void aPushedRequestWorksOnceAndOnlyForItsClient() throws Exception {
        house.provider.register(RegisteredClient.publicClient("app", House.CALLBACK));
        String pushed = push();
        String again = push();

        assertThat(authorizePushed(House.CLIENT_ID, pushed).statusCode()).isEqualTo(303);
        assertThat(authorizePushed(House.CLIENT_ID, pushed).statusCode()).isEqualTo(400);
        assertThat(authorizePushed("app", again).statusCode()).isEqualTo(400);
    }

    @Test
    void aClientThatMustPushIsRefusedOtherwise() throws Exception {
        house.provider.register(
                RegisteredClient.secretBasic(House.CLIENT_ID, House.SECRET, House.CALLBACK)
                        .requiringPar());

        assertThat(house.callback()).containsKey("error").doesNotContainKey("code");
        assertThat(House.location(authorizePushed(House.CLIENT_ID, push()))).contains("code=");
    }

    @Test
    void withoutTheFeatureNothingCanBePushed() throws Exception {
        var options = ProviderOptions.defaults().without(ProviderOptions.Feature.PAR);
        try (var other = new House(options)) {
            var answer =
                    other.browser.post(other.provider.uri(Endpoint.PAR), House.authorization());

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(other.browser.get(other.provider.uri(Endpoint.DISCOVERY)).body())
                    .doesNotContain("pushed_authorization_request_endpoint");
        }
    }

    private String push() throws Exception {
        var answer =
                house.browser.post(
                        house.provider.uri(Endpoint.PAR),
                        House.authorization(),
                        "Authorization",
                        House.basic(House.CLIENT_ID, House.SECRET));
        assertThat(answer.statusCode()).isEqualTo(201);
        return Json.parseObject(answer.body()).path("request_uri").asText();
    }

    private HttpResponse<String> authorizePushed(String clientId, String requestUri)
            throws Exception {
        return house.authorize(Map.of("client_id", clientId, "request_uri", requestUri));
    }

    private HttpResponse<String> post(String code, String... changes) throws Exception {
        return house.browser.post(
                house.provider.uri(Endpoint.TOKEN), House.redemption(code, changes));
    }

    private HttpResponse<String> postAssertion(String code, String assertion) throws Exception {
        return post(code, "client_assertion", assertion, "client_assertion_type", ASSERTION_TYPE);
    }

    private static String assertion(RSAKey key, URI audience, Instant expiresAt) throws Exception {
        var jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                        new JWTClaimsSet.Builder()
                                .issuer("signer")
                                .subject("signer")
                                .audience(audience.toString())
                                .jwtID(UUID.randomUUID().toString())
                                .expirationTime(Date.from(expiresAt))
                                .build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_client");
    }
}
