package dev.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Destination;
import dev.vestibule.config.Defaults;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Parameters.Parameter;
import dev.vestibule.login.ClientRequestResult.Accepted;
import dev.vestibule.login.ClientRequestResult.Malformed;
import dev.vestibule.login.ClientRequestResult.UnknownClient;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

class ClientRequestReaderTest {

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final ClientAddress ASKING =
            new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.7"));

    private static ClientRequestResult read(String... namesAndValues) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(new Parameter(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new ClientRequestReader(
                        List.of(LoginHouse.ORIGIN, LoginHouse.SECOND),
                        LoginHouse.clients(Defaults.CLIENTS))
                .read(new Parameters(parameters), ASKING);
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
                "https://home.example.org/other",
                "https://home.example.org/?x",
                "https://home.example.org/#x",
                "https://home.example.org/.",
                "https://home.example.org/..",
                "https://user@home.example.org/",
                "https://:@home.example.org/",
                "https://home.example.org:0/",
                "https://home.example.org:99999/",
                "https://home.example.org./",
                "https://home\u3002example.org/",
                "https://hоme.example.org/",
                "https://192.0.2.1/",
                "https://192.168.1.10/",
                "https://[::1]/",
                "https://127.0.0.1:8123/",
                "https:home.example.org",
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

    /// Attack CVE-2023-41893: front ends before 2023.9 take the code to whatever their own state
    /// names.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hassUrl\":\"https://evil.example\",\"clientId\":\"https://home.example.org/\"}",
                " {\"hassUrl\":\"https://evil.example\"}",
                "{\"\\u0068assUrl\":\"https://evil.example\"}",
                "{\"hassUrl\":[\"https://evil.example\"]}",
                "{\"hassUrl\":\"https://home.example.org@evil.example\"}",
                "{\"hassUrl\":\"https://home.example.org.evil.example\"}",
                "{\"hassUrl\":\"https://home.example.org/local/x?\"}",
                "{\"hassUrl\":\"//evil.example\"}",
                "{\"hassUrl\":\"https://home.example.org\",\"hassUrl\":\"https://evil.example\"}",
                "{\"hassUrl\":",
            })
    void sendsNoCodeThroughAStateThatLeadsElsewhere(String json) {
        String state = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));

        assertThat(withState(state)).isEqualTo(new Malformed("state"));
        assertThat(withState(state.replace("=", ""))).isEqualTo(new Malformed("state"));
        assertThat(withState(" " + state.substring(0, 4) + "\n" + state.substring(4)))
                .isEqualTo(new Malformed("state"));
    }

    @Test
    void sendsNoCodeThroughAStateThatOnlyABrowserCanRead() {
        String deep =
                "{\"hassUrl\":\"https://evil.example\",\"x\":"
                        + "[".repeat(1_500)
                        + "]".repeat(1_500)
                        + "}";

        assertThat(
                        withState(
                                Base64.getEncoder()
                                        .encodeToString(deep.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Malformed("state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJoYXNzVXJsIjoiaHR0cHM6Ly9ob21lLmV4YW1wbGUub3JnIiwiY2xpZW50SWQiOi"
                        + "JodHRwczovL2hvbWUuZXhhbXBsZS5vcmcvIn0=",
                "eyJoYXNzVXJsIjoiaHR0cHM6Ly9ob21lLmxhbjo4MTI0In0=",
                "e30=",
                "{\"hassUrl\":\"https://evil.example\"}",
                "an opaque state: ü & = %",
                "W10=",
            })
    void leavesEveryOtherStateToItsClient(String state) {
        assertThat(withState(state))
                .isEqualTo(
                        new Accepted(
                                new ClientRequest(
                                        LoginHouse.CLIENT_ID,
                                        LoginHouse.REDIRECT,
                                        state,
                                        "",
                                        ClientKind.OWN,
                                        "")));
    }

    private static ClientRequestResult withState(String state) {
        return read(
                "client_id",
                LoginHouse.CLIENT_ID,
                "redirect_uri",
                LoginHouse.REDIRECT,
                "state",
                state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://home.example.org",
                "https://home.example.org:443/",
                "HTTPS://HOME.EXAMPLE.ORG/",
            })
    void knowsItselfInEverySpellingOfItsOrigin(String clientId) {
        assertThat(read("client_id", clientId, "redirect_uri", LoginHouse.REDIRECT))
                .isInstanceOf(Accepted.class);
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

        assertThat(request("https://home.example.org/").answerWith(code, LoginHouse.ORIGIN))
                .hasToString("https://home.example.org/?code=c&state=a%20b");
        assertThat(request("https://home.example.org/?x=%2F").answerWith(code, LoginHouse.ORIGIN))
                .hasToString("https://home.example.org/?x=%2F&code=c&state=a%20b");
    }

    @ParameterizedTest
    @CsvSource({
        "https://home.example.org/?code=d&x=1, https://home.example.org/?x=1&code=c&state=a%20b",
        "https://home.example.org/?state=x&%63ode=y, https://home.example.org/?code=c&state=a%20b",
        "https://home.example.org/?, https://home.example.org/?code=c&state=a%20b",
        "https://home.example.org/?a&&b=%zz&, https://home.example.org/?a&b=%zz&code=c&state=a%20b",
    })
    void leavesOutAnAnswerThatStandsInTheRedirectAlready(String redirect, String answer) {
        String valid = redirect.replace("%zz", "%20");

        assertThat(request(valid).answerWith(new Secret("c"), LoginHouse.ORIGIN))
                .hasToString(answer.replace("%zz", "%20"));
    }

    private static ClientRequest request(String redirectUri) {
        return new ClientRequest(LoginHouse.CLIENT_ID, redirectUri, "a b", "", ClientKind.OWN, "");
    }

    @Test
    void aDestinationSurvivesTheStore() {
        ClientRequest request =
                new ClientRequest(
                        LoginHouse.CLIENT_ID,
                        LoginHouse.REDIRECT,
                        "{\"a\":1}\n",
                        CHALLENGE,
                        ClientKind.OWN,
                        "Ada's own");

        assertThat(Destination.of(new Destination.Client(request).stored()))
                .isEqualTo(new Destination.Client(request));
        assertThat(Destination.of(new Destination.Page("/x?y").stored()))
                .isEqualTo(new Destination.Page("/x?y"));
    }
}
