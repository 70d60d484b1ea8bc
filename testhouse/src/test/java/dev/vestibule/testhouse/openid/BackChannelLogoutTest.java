package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class BackChannelLogoutTest {

    private final House house = new House();
    private final Receiver receiver = new Receiver();
    private final Listener client = Listener.open(0, receiver);
    private final URI target = URI.create("http://localhost:" + client.port() + "/logout");

    @AfterEach
    void close() {
        client.close();
        house.close();
    }

    @Test
    void anIndependentLibraryAcceptsTheToken() throws Exception {
        house.signIn();
        String sid = house.provider.sessionIds("ada").getFirst();

        int status = house.provider.backChannelLogout(House.CLIENT_ID, target, "ada", sid);

        assertThat(status).isEqualTo(200);
        LogoutTokenClaimsSet claims = validate(receiver.tokens.getFirst());
        assertThat(claims.getSubject().getValue()).isEqualTo("ada");
        assertThat(claims.getSessionID().getValue()).isEqualTo(sid);
    }

    @Test
    void thePersonOrTheSessionAloneCanBeNamed() throws Exception {
        house.provider.backChannelLogout(House.CLIENT_ID, target, null, "the-sid");
        house.provider.backChannelLogout(House.CLIENT_ID, target, "ada", null);

        assertThat(validate(receiver.tokens.get(0)).getSubject()).isNull();
        assertThat(validate(receiver.tokens.get(1)).getSessionID()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsInTheTokenOrInTheWayItIsSent(LogoutLie lie) throws Exception {
        int status = house.provider.backChannelLogout(House.CLIENT_ID, target, "ada", "sid", lie);

        assertThat(status).isEqualTo(200);
        assertThat(receiver.tokens).hasSize(lie == LogoutLie.REPLAYED ? 2 : 1);
        String token = receiver.tokens.getFirst();
        if (lie == LogoutLie.NO_TOKEN) {
            assertThat(token).isEmpty();
            return;
        }
        ObjectNode header = House.header(token);
        ObjectNode claims = House.claims(token);
        switch (lie) {
            case ALG_NONE -> {
                assertThat(header.path("alg").asText()).isEqualTo("none");
                assertThat(token).endsWith(".");
            }
            case HS256_WITH_CLIENT_SECRET ->
                    assertThat(header.path("alg").asText()).isEqualTo("HS256");
            case CORRUPTED_SIGNATURE -> assertThat(isAccepted(token)).isFalse();
            case UNKNOWN_KID ->
                    assertThat(house.keySet().getKeyByKeyId(header.path("kid").asText())).isNull();
            case WRONG_AUDIENCE ->
                    assertThat(claims.path("aud").asText()).isEqualTo("another-client");
            case WRONG_ISSUER ->
                    assertThat(claims.path("iss").asText())
                            .isNotEqualTo(house.provider.issuer().toString());
            case NO_EVENTS -> assertThat(claims.has("events")).isFalse();
            case OTHER_EVENT -> assertThat(claims.path("events").has(LogoutTokens.EVENT)).isFalse();
            case EVENT_NOT_AN_OBJECT ->
                    assertThat(claims.path("events").path(LogoutTokens.EVENT).isBoolean()).isTrue();
            case WITH_NONCE -> assertThat(claims.has("nonce")).isTrue();
            case NOBODY ->
                    assertThat(claims.fieldNames()).toIterable().doesNotContain("sub", "sid");
            case NO_TOKEN_ID -> assertThat(claims.has("jti")).isFalse();
            case NO_ISSUED_AT -> assertThat(claims.has("iat")).isFalse();
            case EXPIRED -> assertThat(isAccepted(token)).isFalse();
            case ID_TOKEN -> assertThat(header.path("typ").asText()).isEqualTo("JWT");
            case REPLAYED -> assertThat(receiver.tokens.getLast()).isEqualTo(token);
            case WHITE_SPACE_IN_HEADER -> {
                assertThat(House.part(token, 0)).contains("\"typ\" : \"logout+jwt\"");
                assertThat(isAccepted(token)).isTrue();
            }
            case NO_TYPE -> assertThat(header.has("typ")).isFalse();
            case NO_TOKEN -> throw new AssertionError("looked at above: " + lie);
        }
    }

    private boolean isAccepted(String token) {
        try {
            validate(token);
            return true;
        } catch (Exception _) {
            return false;
        }
    }

    private LogoutTokenClaimsSet validate(String token) throws Exception {
        return new LogoutTokenValidator(
                        new Issuer(house.provider.issuer()),
                        new ClientID(House.CLIENT_ID),
                        JWSAlgorithm.RS256,
                        house.keySet())
                .validate(JWTParser.parse(token));
    }

    /// Takes every logout token there is.
    private static final class Receiver implements Listener.Door {

        private final List<String> tokens = new CopyOnWriteArrayList<>();

        @Override
        public Endpoint endpoint(String path) {
            return Endpoint.UNKNOWN;
        }

        @Override
        public void arrived(ProviderRequest request) {
            tokens.add(request.parameter("logout_token").orElse(""));
        }

        @Override
        public Duration delay(Endpoint endpoint) {
            return Duration.ZERO;
        }

        @Override
        public Answer answer(ProviderRequest request) {
            return Answer.of(200, "text/plain", "");
        }
    }
}
