package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.Map;

class SignInTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theCodeComesBackWithStateAndIssuer() throws Exception {
        Map<String, List<String>> callback = house.callback();

        assertThat(callback).containsOnlyKeys("code", "state", "iss");
        assertThat(callback).containsEntry("state", List.of(House.STATE));
        assertThat(callback).containsEntry("iss", List.of(house.provider.issuer().toString()));
    }

    @ParameterizedTest
    @EnumSource
    void anIndependentLibraryAcceptsTheIdToken(SigningAlgorithm algorithm) throws Exception {
        try (var other = new House(ProviderOptions.defaults().withSigningAlgorithm(algorithm))) {
            String idToken = other.signIn().path("id_token").asText();

            var claims = other.validate(idToken, JWSAlgorithm.parse(algorithm.name()));

            assertThat(claims.getSubject().getValue()).isEqualTo("ada");
            assertThat(claims.getStringListClaim("groups")).containsExactly("family", "admins");
            assertThat(claims.getStringClaim("sid"))
                    .isEqualTo(other.provider.sessionIds("ada").getFirst());
        }
    }

    @Test
    void userInfoTellsTheSameByGetAndPost() throws Exception {
        String accessToken = house.signIn().path("access_token").asText();

        String byGet = house.userInfo(accessToken).body();
        String byPost =
                house.browser
                        .post(
                                house.provider.uri(Endpoint.USER_INFO),
                                Map.of("access_token", accessToken))
                        .body();

        assertThat(byPost).isEqualTo(byGet);
        assertThat(Json.parseObject(byGet).path("sub").asText()).isEqualTo("ada");
        assertThat(Json.parseObject(byGet).path("email").asText()).isEqualTo("ada@example.org");
        assertThat(house.userInfo("invented").statusCode()).isEqualTo(401);
    }

    @Test
    void withoutTheFeatureOnlyUserInfoHasTheClaims() throws Exception {
        var options =
                ProviderOptions.defaults().without(ProviderOptions.Feature.CLAIMS_IN_ID_TOKEN);
        try (var other = new House(options)) {
            ObjectNode tokens = other.signIn();

            assertThat(House.claims(tokens.path("id_token").asText()).has("groups")).isFalse();
            assertThat(other.userInfo(tokens.path("access_token").asText()).body())
                    .contains("\"groups\":[\"family\",\"admins\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/realms/home", "/application/o/home/"})
    void theIssuerIsTheOneInDiscoveryWhateverItsPath(String path) throws Exception {
        var options = ProviderOptions.defaults().withHostName("localhost").withPath(path);
        try (var other = new House(options)) {
            String body = other.browser.get(other.provider.uri(Endpoint.DISCOVERY)).body();

            assertThat(other.provider.issuer().toString()).startsWith("http://localhost:");
            assertThat(other.provider.issuer().toString()).endsWith(path);
            assertThat(Json.parseObject(body).path("issuer").asText())
                    .isEqualTo(other.provider.issuer().toString());
            assertThat(other.signIn().path("access_token").asText()).isNotEmpty();
        }
    }

    @Test
    void aCodeIsBoundToTheRedirectUri() throws Exception {
        var answer =
                house.token(
                        House.redemption(house.code(), "redirect_uri", "http://127.0.0.1:9/other"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_grant");
    }

    @Test
    void aReplayedCodeIsRefusedAndEndsWhatCameOfIt() throws Exception {
        String code = house.code();
        ObjectNode tokens = Json.parseObject(house.token(House.redemption(code)).body());

        var again = house.token(House.redemption(code));

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("invalid_grant");
        assertThat(house.userInfo(tokens.path("access_token").asText()).statusCode())
                .isEqualTo(401);
        assertThat(house.refresh(tokens.path("refresh_token").asText()).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "another-verifier-of-more-than-forty-three-characters-"})
    void aCodeNeedsTheVerifier(String verifier) throws Exception {
        var answer = house.token(House.redemption(house.code(), "code_verifier", verifier));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_grant");
    }

    @Test
    void aRequestNeedsAChallengeOfTheRightMethod() throws Exception {
        assertThat(house.callback("code_challenge", ""))
                .containsEntry("error", List.of("invalid_request"));
        assertThat(house.callback("code_challenge_method", "plain"))
                .containsEntry("error", List.of("invalid_request"));
        assertThat(house.callback("code_challenge_method", ""))
                .containsEntry("error", List.of("invalid_request"));
    }

    @Test
    void aStrangeRedirectUriIsNeverVisited() throws Exception {
        var answer = house.authorize(House.authorization("redirect_uri", House.CALLBACK + "/"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void formPostIsAnsweredByAFormThatSendsItself() throws Exception {
        var answer = house.authorize(House.authorization("response_mode", "form_post"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("action=\"" + House.CALLBACK + "\"")
                .contains("name=\"code\"")
                .contains("name=\"state\" value=\"" + House.STATE + "\"");
    }

    @Test
    void requestsAreRememberedAndCountedByEndpoint() throws Exception {
        house.signIn();

        assertThat(house.provider.count(Endpoint.TOKEN)).isEqualTo(1);
        assertThat(house.provider.requests(Endpoint.TOKEN).getFirst().parameter("code_verifier"))
                .contains(House.VERIFIER);
        assertThat(house.provider.requests())
                .extracting(ProviderRequest::endpoint)
                .containsExactly(Endpoint.AUTHORIZE, Endpoint.TOKEN);

        house.provider.clearRequests();

        assertThat(house.provider.requests()).isEmpty();
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        var answer = house.browser.get(URI.create(house.provider.issuer() + "/nothing"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(house.provider.count(Endpoint.UNKNOWN)).isEqualTo(1);
    }
}
