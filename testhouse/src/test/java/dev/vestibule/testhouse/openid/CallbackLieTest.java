package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

class CallbackLieTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsInTheCallback(CallbackLie lie) throws Exception {
        house.provider.lie(lie);

        var answer = house.authorize(House.authorization());

        String location = lie == CallbackLie.OTHER_RESPONSE_MODE ? "" : House.location(answer);
        Map<String, List<String>> parameters = House.parametersOf(location);
        switch (lie) {
            case MISSING_ISSUER -> assertThat(parameters).containsOnlyKeys("code", "state");
            case WRONG_ISSUER ->
                    assertThat(parameters)
                            .containsKey("code")
                            .containsEntry("iss", List.of("https://other-provider.invalid"));
            case STATE_ALTERED ->
                    assertThat(parameters)
                            .containsKeys("code", "state")
                            .doesNotContainEntry("state", List.of(House.STATE));
            case STATE_MISSING -> assertThat(parameters).containsOnlyKeys("code", "iss");
            case ERROR_WITH_SCRIPT -> {
                assertThat(parameters)
                        .doesNotContainKey("code")
                        .containsEntry("error", List.of("access_denied"))
                        .containsEntry("state", List.of(House.STATE));
                assertThat(House.first(parameters, "error_description")).contains("<script>");
                assertThat(House.first(parameters, "error_uri")).startsWith("javascript:");
            }
            case CODE_AND_ERROR -> {
                assertThat(parameters).containsKeys("code", "error", "state", "iss");
                assertThat(redeemed(House.first(parameters, "code"))).isEqualTo(200);
            }
            case CODE_TWICE -> {
                assertThat(parameters.get("code")).hasSize(2);
                assertThat(redeemed(House.first(parameters, "code"))).isEqualTo(400);
                assertThat(redeemed(parameters.getOrDefault("code", List.of()).getLast()))
                        .isEqualTo(200);
            }
            case STATE_TWICE ->
                    assertThat(parameters.get("state")).hasSize(2).startsWith(House.STATE);
            case NO_CODE -> assertThat(parameters).containsOnlyKeys("state", "iss");
            case FOREIGN_CODE ->
                    assertThat(redeemed(House.first(parameters, "code"))).isEqualTo(400);
            case FRAGMENT -> assertThat(location).startsWith(House.CALLBACK + "#");
            case OTHER_RESPONSE_MODE ->
                    assertThat(answer.body()).contains("method=\"post\"").contains("name=\"code\"");
        }
    }

    @Test
    void askedForAFormPostTheOtherResponseModeIsTheQuery() throws Exception {
        house.provider.lie(CallbackLie.OTHER_RESPONSE_MODE);

        assertThat(house.callback("response_mode", "form_post")).containsKey("code");
    }

    @Test
    void anErrorWithScriptIsHarmlessOnThePageOfAFormPost() throws Exception {
        house.provider.lie(CallbackLie.ERROR_WITH_SCRIPT);

        var answer = house.authorize(House.authorization("response_mode", "form_post"));

        assertThat(answer.body()).contains("&lt;script&gt;alert").doesNotContain("<script>alert");
    }

    @Test
    void withoutTheFeatureThereIsNoIssuerAndDiscoveryPromisesNone() throws Exception {
        var options = ProviderOptions.defaults().without(ProviderOptions.Feature.ISSUER_PARAMETER);
        try (var other = new House(options)) {
            assertThat(other.callback()).containsOnlyKeys("code", "state");
            assertThat(other.browser.get(other.provider.uri(Endpoint.DISCOVERY)).body())
                    .doesNotContain("authorization_response_iss_parameter_supported");
        }
    }

    private int redeemed(String code) throws Exception {
        return house.token(House.redemption(code)).statusCode();
    }
}
