package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.HttpURLConnection;
import java.util.List;

/// The lies of the token and UserInfo endpoints.
class TokenLieTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsToldByTheTokenEndpoint(TokenLie lie) throws Exception {
        house.provider.lie(lie);
        String code = house.code();
        if (lie == TokenLie.SLOW) {
            assertTokenDrips(code);
            return;
        }

        var answer = house.token(House.redemption(code));

        switch (lie) {
            case CODE_REPLAY_ALLOWED -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(house.token(House.redemption(code)).statusCode()).isEqualTo(200);
            }
            case PKCE_IGNORED -> {
                var without = House.redemption(house.code(), "code_verifier", "");
                assertThat(house.token(without).statusCode()).isEqualTo(200);
            }
            case SERVER_ERROR -> DocumentLieTest.assertPage(answer, 500);
            case HTML -> DocumentLieTest.assertPage(answer, 200);
            case HUGE -> {
                assertThat(answer.body().length()).isGreaterThan(5_000_000);
                assertThat(Json.parseObject(answer.body()).has("id_token")).isTrue();
            }
            case WRONG_CONTENT_TYPE -> {
                assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
                assertThat(Json.parseObject(answer.body()).has("id_token")).isTrue();
            }
            case OTHER_TOKEN_TYPE ->
                    assertThat(Json.parseObject(answer.body()).path("token_type").asText())
                            .isEqualTo("mac");
            case NO_ID_TOKEN ->
                    assertThat(Json.parseObject(answer.body()).fieldNames())
                            .toIterable()
                            .contains("access_token")
                            .doesNotContain("id_token");
            case ID_TOKEN_NOT_TEXT ->
                    assertThat(Json.parseObject(answer.body()).path("id_token").isInt()).isTrue();
            case REDIRECT -> {
                assertThat(answer.statusCode()).isEqualTo(307);
                assertThat(House.location(answer)).startsWith("http://localhost:");
            }
            case REFRESH_OTHER_ISSUER -> assertOnlyRefreshDiffers(answer.body(), "iss");
            case REFRESH_OTHER_SUBJECT -> assertOnlyRefreshDiffers(answer.body(), "sub");
            case REFRESH_OTHER_AUDIENCE -> assertOnlyRefreshDiffers(answer.body(), "aud");
            case SLOW -> throw new AssertionError("looked at above: " + lie);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsToldByUserInfo(UserInfoLie lie) throws Exception {
        String accessToken = house.signIn().path("access_token").asText();
        ObjectNode truth = Json.parseObject(house.userInfo(accessToken).body());
        house.provider.lie(lie);
        if (lie == UserInfoLie.SLOW) {
            var connection = connect(Endpoint.USER_INFO);
            connection.setRequestProperty("Authorization", "Bearer " + accessToken);
            Drip.assertDripping(connection, "");
            return;
        }

        var answer = house.userInfo(accessToken);

        switch (lie) {
            case OTHER_SUBJECT ->
                    assertThat(Json.parseObject(answer.body()))
                            .isEqualTo(truth.put("sub", "somebody-else"));
            case MISSING_SUBJECT ->
                    assertThat((Object) Json.parseObject(answer.body()))
                            .isEqualTo(truth.without("sub"));
            case CONFLICTING_CLAIMS -> {
                ObjectNode claims = Json.parseObject(answer.body());
                assertThat(claims.path("sub").asText()).isEqualTo("ada");
                assertThat(claims.path("groups").toString()).isEqualTo("[\"admins\"]");
                assertThat(claims.path("email")).isNotEqualTo(truth.path("email"));
                assertThat(claims.path("name")).isNotEqualTo(truth.path("name"));
            }
            case NOT_JSON -> DocumentLieTest.assertPage(answer, 200);
            case HUGE -> DocumentLieTest.assertHugeButTrue(answer.body(), truth);
            case SERVER_ERROR -> DocumentLieTest.assertPage(answer, 500);
            case REDIRECT -> {
                assertThat(answer.statusCode()).isEqualTo(307);
                assertThat(House.location(answer)).startsWith("http://localhost:");
            }
            case SLOW -> throw new AssertionError("looked at above: " + lie);
        }
    }

    private void assertOnlyRefreshDiffers(String firstAnswer, String claim) throws Exception {
        ObjectNode tokens = Json.parseObject(firstAnswer);
        ObjectNode first = House.claims(tokens.path("id_token").asText());
        var answer = house.refresh(tokens.path("refresh_token").asText());
        ObjectNode refreshed =
                House.claims(Json.parseObject(answer.body()).path("id_token").asText());
        for (String name : List.of("iss", "sub", "aud")) {
            assertThat(refreshed.path(name).equals(first.path(name)))
                    .as(name)
                    .isEqualTo(!name.equals(claim));
        }
    }

    private void assertTokenDrips(String code) throws Exception {
        var connection = connect(Endpoint.TOKEN);
        connection.setRequestProperty("Authorization", House.basic(House.CLIENT_ID, House.SECRET));
        Drip.assertDripping(
                connection, Parameters.write(List.copyOf(House.redemption(code).entrySet())));
    }

    private HttpURLConnection connect(Endpoint endpoint) throws Exception {
        return (HttpURLConnection) house.provider.uri(endpoint).toURL().openConnection();
    }
}
