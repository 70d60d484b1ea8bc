package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;

import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;

class ClaimLieTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final House house = new House(ProviderOptions.defaults().withTime(new TestClock(NOW)));

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsInAWellSignedToken(ClaimLie lie) throws Exception {
        house.provider.lie(lie);

        ObjectNode tokens = house.signIn();
        String idToken = tokens.path("id_token").asText();

        assertThat(isWellSigned(idToken)).isTrue();
        assertTold(lie, idToken, IdTokens.leftHalfOfHash(tokens.path("access_token").asText()));
    }

    @ParameterizedTest
    @EnumSource
    void theTruthIsBackWhenItIsAskedFor(ClaimLie lie) throws Exception {
        house.provider.lie(lie);
        house.provider.tellTheTruth();

        ObjectNode tokens = house.signIn();
        ObjectNode claims = House.claims(tokens.path("id_token").asText());

        assertThat(claims.fieldNames())
                .toIterable()
                .contains("iss", "sub", "aud", "iat", "exp", "nonce", "acr", "auth_time", "sid");
        assertThat(claims.path("iss").asText()).isEqualTo(house.provider.issuer().toString());
        assertThat(claims.path("sub").asText()).isEqualTo("ada");
        assertThat(claims.path("aud").asText()).isEqualTo(House.CLIENT_ID);
        assertThat(claims.path("nonce").asText()).isEqualTo(House.NONCE);
        assertThat(claims.path("iat")).isEqualTo(seconds(Duration.ZERO));
        assertThat(claims.path("exp")).isEqualTo(seconds(Duration.ofMinutes(5)));
        assertThat(claims.path("auth_time")).isEqualTo(seconds(Duration.ZERO));
        assertThat(claims.path("at_hash").asText())
                .isEqualTo(IdTokens.leftHalfOfHash(tokens.path("access_token").asText()));
    }

    @Test
    void anotherLieReplacesTheFormer() throws Exception {
        house.provider.lie(ClaimLie.MISSING_SUBJECT);
        house.provider.lie(ClaimLie.MISSING_NONCE);

        ObjectNode claims = House.claims(house.signIn().path("id_token").asText());

        assertThat(claims.has("sub")).isTrue();
        assertThat(claims.has("nonce")).isFalse();
    }

    private void assertTold(ClaimLie lie, String idToken, String atHash) {
        ObjectNode claims = House.claims(idToken);
        String issuer = house.provider.issuer().toString();
        switch (lie) {
            case WRONG_ISSUER ->
                    assertThat(claims.path("iss").asText()).isNotEmpty().isNotEqualTo(issuer);
            case ISSUER_WITH_SLASH ->
                    assertThat(claims.path("iss").asText()).isEqualTo(issuer + "/");
            case MISSING_SUBJECT -> assertThat(claims.has("sub")).isFalse();
            case SUBJECT_TWICE ->
                    assertThat(House.part(idToken, 1))
                            .contains("\"sub\":\"ada\"")
                            .endsWith(",\"sub\":\"somebody-else\"}");
            case WRONG_AUDIENCE ->
                    assertThat(claims.path("aud").asText()).isEqualTo("another-client");
            case AUDIENCE_LONGER ->
                    assertThat(claims.path("aud").asText())
                            .startsWith(House.CLIENT_ID)
                            .hasSizeGreaterThan(House.CLIENT_ID.length());
            case AUDIENCE_OTHER_CASE ->
                    assertThat(claims.path("aud").asText())
                            .isEqualToIgnoringCase(House.CLIENT_ID)
                            .isNotEqualTo(House.CLIENT_ID);
            case MISSING_AUDIENCE -> assertThat(claims.has("aud")).isFalse();
            case FOREIGN_AUDIENCES_WITHOUT_AZP -> {
                assertThat(claims.path("aud").toString()).isEqualTo(audiences());
                assertThat(claims.has("azp")).isFalse();
            }
            case FOREIGN_AUDIENCES_WRONG_AZP -> {
                assertThat(claims.path("aud").toString()).isEqualTo(audiences());
                assertThat(claims.path("azp").asText()).isEqualTo("another-client");
            }
            case MISSING_ISSUED_AT -> assertThat(claims.has("iat")).isFalse();
            case ISSUED_IN_FUTURE ->
                    assertThat(claims.path("iat")).isEqualTo(seconds(Duration.ofHours(1)));
            case MISSING_EXPIRY -> assertThat(claims.has("exp")).isFalse();
            case EXPIRED ->
                    assertThat(claims.path("exp")).isEqualTo(seconds(Duration.ofMinutes(-10)));
            case EXPIRY_NAN -> assertThat(House.part(idToken, 1)).contains("\"exp\":\"NaN\"");
            case EXPIRY_TEXT ->
                    assertThat(claims.path("exp").textValue())
                            .isEqualTo(seconds(Duration.ofMinutes(5)).asText());
            case EXPIRY_OVERFLOW -> assertThat(House.part(idToken, 1)).contains("\"exp\":1e400");
            case EXPIRY_FAR_FUTURE ->
                    assertThat(claims.path("exp").asLong()).isGreaterThan(253_402_000_000L);
            case NOT_BEFORE_IN_FUTURE ->
                    assertThat(claims.path("nbf")).isEqualTo(seconds(Duration.ofMinutes(10)));
            case WRONG_NONCE ->
                    assertThat(claims.path("nonce").asText())
                            .isNotEmpty()
                            .isNotEqualTo(House.NONCE);
            case MISSING_NONCE -> assertThat(claims.has("nonce")).isFalse();
            case WRONG_ACCESS_TOKEN_HASH ->
                    assertThat(claims.path("at_hash").asText()).hasSize(22).isNotEqualTo(atHash);
            case WEAKER_ACR -> assertThat(claims.path("acr").asText()).isEqualTo("0");
            case MISSING_ACR -> assertThat(claims.has("acr")).isFalse();
            case STALE_AUTH_TIME ->
                    assertThat(claims.path("auth_time")).isEqualTo(seconds(Duration.ofDays(-30)));
            case FUTURE_AUTH_TIME ->
                    assertThat(claims.path("auth_time")).isEqualTo(seconds(Duration.ofHours(2)));
            case MISSING_AUTH_TIME -> assertThat(claims.has("auth_time")).isFalse();
        }
    }

    private static String audiences() {
        return "[\"" + House.CLIENT_ID + "\",\"another-client\"]";
    }

    private static JsonNode seconds(Duration fromNow) {
        return Json.parseObject("{\"at\":" + NOW.plus(fromNow).getEpochSecond() + "}").path("at");
    }

    private boolean isWellSigned(String idToken) throws Exception {
        SignedJWT jwt = SignedJWT.parse(idToken);
        var key = house.keySet().getKeyByKeyId(jwt.getHeader().getKeyID());
        return jwt.verify(new RSASSAVerifier(key.toRSAKey()));
    }
}
