package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that knows nothing but an address, such as an MCP client, before a whole gateway.
class ProgramsTest {

    private static final String PROGRAM = "https://app.example.net/";
    private static final String CALLBACK = "https://app.example.net/callback";

    /// The pair of RFC 7636 appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Pattern METADATA =
            Pattern.compile("Bearer resource_metadata=\"([^\"]+)\"(.*)");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final TestHouse house =
            new TestHouse(new ClientsConfig(List.of(), List.of(), List.of(), UnknownClients.ASK));
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VisitorBrowser program = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        program.close();
        house.close();
    }

    private HttpResponse<String> callTools(String path, String bearer)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(house.at(path))
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"jsonrpc\": \"2.0\", \"id\": 1,"
                                                + " \"method\": \"tools/list\"}"));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return program.http().send(request.build(), BodyHandlers.ofString());
    }

    private static String challenge(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).isEqualTo(401);
        return refused.headers().firstValue("www-authenticate").orElse("");
    }

    private JsonNode document(String address) {
        Answer answer = program.get(URI.create(address));
        assertThat(answer.status()).isEqualTo(200);
        return GatewayHouse.json(answer);
    }

    private URI request(String more) {
        return house.at(
                "/auth/authorize?response_type=code&client_id="
                        + VisitorBrowser.encode(PROGRAM)
                        + "&redirect_uri="
                        + VisitorBrowser.encode(CALLBACK)
                        + "&state=x"
                        + more);
    }

    private static String proven() {
        return "&code_challenge_method=S256&code_challenge=" + CHALLENGE;
    }

    @Test
    void findsItsWayFromARefusalToItsTools() throws Exception {
        Matcher metadata = METADATA.matcher(challenge(callTools("/api/mcp", "")));
        assertThat(metadata.matches()).isTrue();
        assertThat(metadata.group(2)).isEmpty();
        JsonNode resource = document(metadata.group(1));
        assertThat(resource.path("resource").asText()).isEqualTo(house.at("/api/mcp").toString());
        String issuer = resource.path("authorization_servers").path(0).asText();
        JsonNode server = document(issuer + "/.well-known/oauth-authorization-server");
        assertThat(server.path("issuer").asText()).isEqualTo(issuer);
        assertThat(server.path("code_challenge_methods_supported").toString())
                .isEqualTo("[\"S256\"]");
        assertThat(server.path("client_id_metadata_document_supported").asBoolean()).isTrue();
        assertThat(server.path("authorization_response_iss_parameter_supported").asBoolean())
                .isTrue();

        house.provider().signInAutomaticallyAs("ben");
        URI back =
                new ConsentingPerson(house, browser)
                        .allow(
                                request(
                                        proven()
                                                + "&resource="
                                                + VisitorBrowser.encode(
                                                        resource.path("resource").asText())));
        assertThat(back.toString())
                .startsWith(CALLBACK + "?code=")
                .endsWith("&state=x&iss=" + VisitorBrowser.encode(issuer));
        JsonNode tokens = GatewayHouse.json(redeem(back));

        HttpResponse<String> tools = callTools("/api/mcp", tokens.path("access_token").asText());
        assertThat(tools.statusCode()).isEqualTo(200);
        assertThat(tools.body()).contains("HassTurnOn");
    }

    private Answer redeem(URI back) {
        Matcher code = CODE.matcher(back.toString());
        assertThat(code.find()).as(back.toString()).isTrue();
        return program.postForm(
                house.at("/auth/token"),
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", PROGRAM,
                        "redirect_uri", CALLBACK,
                        "code_verifier", VERIFIER,
                        "code", code.group(1)));
    }

    @Test
    void aDeadTokenIsCalledOne() throws Exception {
        assertThat(challenge(callTools("/mcp_server/messages/1", "made.up")))
                .endsWith("mcp_server/messages/1\", error=\"invalid_token\"");
    }

    @Test
    void nobodyElseIsChallenged() throws Exception {
        assertThat(challenge(callTools("/api/google_assistant", ""))).isEmpty();
        assertThat(challenge(callTools("/api/services/light/turn_on", ""))).isEmpty();
    }

    @Test
    void aDocumentNamesOnlyWhatIsThere() {
        assertThat(program.get(house.at("/.well-known/oauth-protected-resource")).status())
                .isEqualTo(200);
        assertThat(
                        program.get(house.at("/.well-known/oauth-protected-resource/api/states"))
                                .status())
                .isNotEqualTo(200);
    }

    @Test
    void aLinkThatSomebodySentGivesNothingWhileSomebodyIsSignedIn() {
        house.signIn(browser, "ben");
        int before = house.homeAssistant().record().requests().size();

        Answer page = new ConsentingPerson(house, browser).open(request(proven()));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.location()).isEmpty();
        assertThat(page.body()).contains("app.example.net", "Nobody who runs this home");
        assertThat(house.homeAssistant().record().requests()).hasSize(before);
    }

    @Test
    void aProgramThatCannotProveItselfIsNotReceived() {
        assertThat(browser.get(request("")).status()).isEqualTo(400);
        assertThat(
                        browser.get(
                                        request(
                                                "&code_challenge_method=plain&code_challenge="
                                                        + CHALLENGE))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void whatItGotEndsWithItsPerson() throws Exception {
        house.provider().signInAutomaticallyAs("ben");
        URI back = new ConsentingPerson(house, browser).allow(request(proven()));
        String token = GatewayHouse.json(redeem(back)).path("access_token").asText();

        house.suspend("ben");

        assertThat(challenge(callTools("/api/mcp", token))).contains("invalid_token");
    }
}
