package dev.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Parameters.Parameter;
import dev.vestibule.login.ClientRequestResult.Accepted;
import dev.vestibule.login.ClientRequestResult.Malformed;
import dev.vestibule.login.ClientRequestResult.UnknownClient;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class ClientRequestReaderTest {

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static ClientRequestResult read(String... namesAndValues) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(new Parameter(namesAndValues[i], namesAndValues[i + 1]));
        }
        return ClientRequestReader.read(
                new Parameters(parameters), List.of(LoginHouse.ORIGIN, LoginHouse.SECOND));
    }

    private static ClientRequestResult withRedirect(String redirectUri) {
        return read("client_id", LoginHouse.CLIENT_ID, "redirect_uri", redirectUri);
    }

    @Test
    void acceptsThisHomesOwnPages() {
        assertThat(withRedirect(LoginHouse.REDIRECT)).isInstanceOf(Accepted.class);
        assertThat(withRedirect("https://home.example.org:443/x?a=b&c"))
                .isInstanceOf(Accepted.class);
        assertThat(
                        read(
                                "client_id",
                                "https://home.lan:8124/",
                                "redirect_uri",
                                "https://home.lan:8124/"))
                .isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://home.example.org.evil.example/",
                "https://home.example.org@evil.example/",
                "https://home.example.org:444/",
                "http://home.example.org/",
                "https://home-assistant.io/android",
                "https://home.example.org/other",
                "https://home.example.org/?x",
                "https://home.example.org/#x",
                "javascript:alert(1)",
                "homeassistant://auth-callback",
                "//home.example.org/",
            })
    void knowsNoOtherClient(String clientId) {
        assertThat(read("client_id", clientId, "redirect_uri", LoginHouse.REDIRECT))
                .isInstanceOf(UnknownClient.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//evil.example/",
                "https://evil.example/cb",
                "https://home.example.org@evil.example/",
                "https://x:y@home.example.org/",
                "https://home.example.org.evil.example/",
                "https://home.example.org\\@evil.example/",
                "https:evil.example",
                "https:///home.example.org/",
                "https://home.example.org:8124/",
                "http://home.example.org/",
                "https://home.lan:8124/",
                "https://home.example.org/#fragment",
                "https://home.example.org/\r\nSet-Cookie: a=b",
                "https://home.example.org/\tx",
                "https://home.example.org/ x",
                "https://home.example.org/ü",
                "https://home\u3002example.org/",
                "javascript:alert(1)",
                "javascript://home.example.org/%0aalert(1)",
                "data:text/html,x",
                "homeassistant://auth-callback",
                "homeassistant-dev://auth-callback",
            })
    void sendsNoCodeAnywhereElse(String redirectUri) {
        assertThat(withRedirect(redirectUri)).isEqualTo(new Malformed("redirect-uri"));
    }

    @Test
    void boundsWhatItKeeps() {
        assertThat(withRedirect("https://home.example.org/" + "x".repeat(5_000)))
                .isEqualTo(new Malformed("redirect-uri"));
        assertThat(
                        read(
                                "client_id",
                                LoginHouse.CLIENT_ID,
                                "redirect_uri",
                                LoginHouse.REDIRECT,
                                "state",
                                "x".repeat(8_193)))
                .isEqualTo(new Malformed("state"));
    }

    @Test
    void takesNoDoubledParameter() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "client_id",
                                        LoginHouse.CLIENT_ID,
                                        "client_id",
                                        "https://evil.example/"))
                .isInstanceOf(BadRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "code id_token", ""})
    void givesCodesOnly(String responseType) {
        assertThat(
                        read(
                                "client_id",
                                LoginHouse.CLIENT_ID,
                                "redirect_uri",
                                LoginHouse.REDIRECT,
                                "response_type",
                                responseType))
                .isEqualTo(new Malformed("response-type"));
    }

    @Test
    void takesAChallengeOfS256Only() {
        assertThat(withChallenge(CHALLENGE, "S256")).isInstanceOf(Accepted.class);
        assertThat(withChallenge(CHALLENGE, "plain")).isEqualTo(new Malformed("code-challenge"));
        assertThat(withChallenge("short", "S256")).isEqualTo(new Malformed("code-challenge"));
        assertThat(
                        read(
                                "client_id",
                                LoginHouse.CLIENT_ID,
                                "redirect_uri",
                                LoginHouse.REDIRECT,
                                "code_challenge",
                                CHALLENGE))
                .isEqualTo(new Malformed("code-challenge"));
    }

    private static ClientRequestResult withChallenge(String challenge, String method) {
        return read(
                "client_id",
                LoginHouse.CLIENT_ID,
                "redirect_uri",
                LoginHouse.REDIRECT,
                "code_challenge",
                challenge,
                "code_challenge_method",
                method);
    }

    @Test
    void addsTheCodeToTheRedirectsOwnQuery() {
        Secret code = new Secret("c");

        assertThat(request("https://home.example.org/").answerWith(code))
                .hasToString("https://home.example.org/?code=c&state=a%20b");
        assertThat(request("https://home.example.org/?x=%2F").answerWith(code))
                .hasToString("https://home.example.org/?x=%2F&code=c&state=a%20b");
    }

    private static ClientRequest request(String redirectUri) {
        return new ClientRequest(LoginHouse.CLIENT_ID, redirectUri, "a b", "");
    }

    @Test
    void aDestinationSurvivesTheStore() {
        ClientRequest request =
                new ClientRequest(
                        LoginHouse.CLIENT_ID, LoginHouse.REDIRECT, "{\"a\":1}\n", CHALLENGE);

        assertThat(Destination.of(new Destination.Client(request).stored()))
                .isEqualTo(new Destination.Client(request));
        assertThat(Destination.of(new Destination.Page("/x?y").stored()))
                .isEqualTo(new Destination.Page("/x?y"));
    }
}
