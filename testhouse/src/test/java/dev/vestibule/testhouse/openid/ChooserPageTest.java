package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class ChooserPageTest {

    private static final Pattern REQUEST_ID =
            Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

    private final House house = new House();

    @BeforeEach
    void choose() {
        house.provider.choosePersonByPage();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void thePersonWhoWasPickedSignsIn() throws Exception {
        house.provider.addPerson(Person.of("bob", "Bob").withNote("a guest"));
        String page = page().body();
        assertThat(page).contains("Demo identity provider", "Ada Lovelace", "family", "a guest");

        var answer = pick(Map.of("request", requestId(page), "subject", "bob"));

        String code = House.first(House.parametersOf(House.location(answer)), "code");
        var tokens = Json.parseObject(house.token(House.redemption(code)).body());
        assertThat(House.claims(tokens.path("id_token").asText()).path("sub").asText())
                .isEqualTo("bob");
        assertThat(house.callback("prompt", "none")).containsKey("code");
    }

    @Test
    void cancellingGoesBackWithAnError() throws Exception {
        var answer = pick(Map.of("request", requestId(page().body()), "cancel", "1"));

        assertThat(House.parametersOf(House.location(answer)))
                .containsEntry("error", List.of("access_denied"))
                .containsEntry("state", List.of(House.STATE));
    }

    @Test
    void aRequestIsPickedForOnceAndOnlyByItsId() throws Exception {
        String id = requestId(page().body());
        pick(Map.of("request", id, "subject", "ada"));

        assertThat(pick(Map.of("request", id, "subject", "ada")).statusCode()).isEqualTo(400);
        assertThat(pick(Map.of("request", "guessed", "subject", "ada")).statusCode())
                .isEqualTo(400);
        assertThat(pick(Map.of("subject", "ada")).statusCode()).isEqualTo(400);
    }

    @Test
    void nobodySignsInWhoIsUnknownOrSwitchedOff() throws Exception {
        house.provider.disable("ada");
        String page = page().body();

        assertThat(page).contains("value=\"ada\" disabled");
        for (String subject : List.of("ada", "nobody")) {
            var answer = pick(Map.of("request", requestId(page().body()), "subject", subject));
            assertThat(House.parametersOf(House.location(answer)))
                    .containsEntry("error", List.of("access_denied"));
        }
    }

    @Test
    void everythingIsEscaped() throws Exception {
        String nasty = "\"><script>alert('x')</script>&";
        String client = "<b>client</b>\"";
        house.provider.register(RegisteredClient.publicClient(client, House.CALLBACK));
        house.provider.addPerson(
                new Person(nasty, nasty, nasty, nasty, List.of(nasty), Map.of(), nasty));

        String page = house.authorize(House.authorization("client_id", client)).body();

        assertThat(page).doesNotContain("<script").doesNotContain("<b>client");
        String escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;";
        assertThat(page.split(Pattern.quote(escaped), -1)).hasSize(6);
        assertThat(page).contains("value=\"" + escaped + "\"").contains("&lt;b&gt;client");
    }

    @Test
    void thePolicyAllowsItsOwnStyleAndFormsToTheClientAndNothingElse() throws Exception {
        HttpResponse<String> page = page();

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .matches(
                        "default-src 'none'; style-src 'sha256-[^']+'; script-src 'none'; "
                                + "form-action 'self' http://127.0.0.1:9; base-uri 'none'; "
                                + "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).doesNotContain("<script").doesNotContain(" style=");
    }

    private HttpResponse<String> page() throws Exception {
        return house.authorize(House.authorization("prompt", "login"));
    }

    private HttpResponse<String> pick(Map<String, String> form) throws Exception {
        return house.browser.post(house.provider.uri(Endpoint.CHOOSE), form);
    }

    private static String requestId(String page) {
        Matcher matcher = REQUEST_ID.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }
}
