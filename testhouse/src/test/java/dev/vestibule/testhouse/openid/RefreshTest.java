package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

class RefreshTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aRefreshTokenIsReplacedAndTheClaimsStay() throws Exception {
        ObjectNode first = house.signIn();

        ObjectNode second =
                Json.parseObject(house.refresh(first.path("refresh_token").asText()).body());

        assertThat(second.path("refresh_token")).isNotEqualTo(first.path("refresh_token"));
        ObjectNode before = House.claims(first.path("id_token").asText());
        ObjectNode after = House.claims(second.path("id_token").asText());
        for (String name : new String[] {"iss", "sub", "aud", "auth_time", "sid"}) {
            assertThat(after.path(name)).as(name).isEqualTo(before.path(name));
        }
        assertThat(after.has("nonce")).isFalse();
    }

    @Test
    void aReusedRefreshTokenEndsTheWholeGrant() throws Exception {
        String first = house.signIn().path("refresh_token").asText();
        ObjectNode second = Json.parseObject(house.refresh(first).body());

        assertThat(house.refresh(first).statusCode()).isEqualTo(400);
        assertThat(house.refresh(second.path("refresh_token").asText()).statusCode())
                .isEqualTo(400);
        assertThat(house.userInfo(second.path("access_token").asText()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aStrangerDoesNotUseUpARefreshToken() throws Exception {
        house.provider.register(RegisteredClient.publicClient("app", House.CALLBACK));
        String refreshToken = house.signIn().path("refresh_token").asText();

        var stolen =
                house.browser.post(
                        house.provider.uri(Endpoint.TOKEN),
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                "app",
                                "refresh_token",
                                refreshToken));

        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(house.refresh(refreshToken).statusCode()).isEqualTo(200);
    }

    @Test
    void thereIsNoneWithoutTheScopeOrTheFeature() throws Exception {
        assertThat(house.signIn("scope", "openid").has("refresh_token")).isFalse();

        var options = ProviderOptions.defaults().without(ProviderOptions.Feature.OFFLINE_ACCESS);
        try (var other = new House(options)) {
            assertThat(other.signIn().has("refresh_token")).isFalse();
        }
    }
}
