package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.cli.ExplainControl;
import dev.vestibule.cli.ExplainControl.ExplainAnswer;
import dev.vestibule.cli.ExplainControl.RequestQuestion;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;

/// What a whole gateway says about addresses.
class ExplainRequestTest {

    private static final Secret NONE = new Secret("");
    private final TestHouse house = new TestHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private ExplainControl explain() {
        return house.gateway().commands().explain();
    }

    private String asked(String url, String account, Secret token) {
        return said(
                explain().request(new RequestQuestion(url, "GET", "", account, token, "", false)));
    }

    private static String said(ExplainAnswer answer) {
        return switch (answer) {
            case ExplainAnswer.Told(var explanation) ->
                    explanation.lines().stream()
                                    .map(line -> line.label() + ": " + line.text())
                                    .collect(Collectors.joining("\n"))
                            + "\n"
                            + String.join("\n", explanation.advice());
            case ExplainAnswer.Refused(var sentence) -> "no: " + sentence;
        };
    }

    @Test
    void theRouteTheRuleAndTheWayOutAreSaid() {
        assertThat(asked(house.origin() + "/local/plan.png", "", NONE))
                .contains("home: home, asked for by " + house.origin())
                .contains("from: 192.0.2.1, in no network")
                .contains("as: nobody")
                .contains("request: GET /local/plan.png")
                .contains("class: public-files")
                .contains("route: /local/** (GET)")
                .contains("goes to: Home Assistant")
                .contains("decision: refused with 401 (no-credential)")
                .contains("homes[].routes.public-files: open");
    }

    @Test
    void aPersonGetsWhatTheyWouldGet() {
        try (VisitorBrowser browser = new VisitorBrowser()) {
            house.signIn(browser, "ben");
        }
        var before = house.contentsAtRest();

        assertThat(asked("/api/states", "ben", NONE))
                .contains("as: ben, signed in as user")
                .contains("decision: allowed, as ben");
        assertThat(house.contentsAtRest()).isEqualTo(before);

        house.suspend("ben");
        assertThat(asked("/api/states", "ben", NONE))
                .contains("as: ben, who is suspended")
                .contains("decision: refused with 401 (dead-credential)");
    }

    @Test
    void whatStandsInAnAddressIsNotRepeated() {
        assertThat(asked(house.origin() + "/api/webhook/0123456789abcdef?secret=1", "", NONE))
                .contains("/api/webhook/[16 characters] (the query is not repeated)")
                .doesNotContain("0123456789abcdef")
                .doesNotContain("secret");
    }

    @Test
    void aTokenDecidesAndIsNeitherSaidNorTakenOver() {
        try (VisitorBrowser browser = new VisitorBrowser()) {
            Secret token = new Secret(house.signIn(browser, "ada").accessToken());

            assertThat(asked("/api/states", "", token))
                    .contains("decision: allowed, as ada")
                    .doesNotContain(token.reveal());
        }
        assertThat(asked("/api/states", "", new Secret("made-up-token")))
                .contains("decision: refused with 401 (dead-credential)")
                .doesNotContain("made-up-token");
    }

    @Test
    void aTokenThatTheGatewayDoesNotKnowIsNotShownToHomeAssistant() {
        String older = house.homeAssistant().administratorToken();
        var before = house.contentsAtRest();

        assertThat(asked("/api/states", "", new Secret(older)))
                .contains("decision: Home Assistant decides")
                .doesNotContain(older);
        assertThat(house.contentsAtRest()).isEqualTo(before);
    }

    @Test
    void whatWouldSteerATerminalIsSpeltOut() {
        assertThat(asked("/a\u001b[2Jb", "", NONE)).contains("refused with 400");
        assertThat(asked("/%C2%9B31m", "", NONE)).contains("refused with 400");
        assertThat(asked("/caf%E2%80%AEe", "", NONE))
                .contains("\\u{202e}")
                .doesNotContain("\u202e");
        assertThat(asked("/", "e\u001b[31mve", NONE))
                .contains("Nobody here is called 'e\\u{1b}[31mve'");
    }

    @Test
    void whatCannotStandInAHeaderIsRefusedInASentence() {
        RequestQuestion page =
                new RequestQuestion("/", "GET", "", "", NONE, "https://a\r\nX: y", false);

        assertThat(said(explain().request(page))).startsWith("no: A host and a page have neither");
        assertThat(asked("https://a\tb/", "", NONE)).startsWith("no: A host and a page");
        assertThat(asked("/", "", new Secret("a\nb"))).startsWith("no: A token has neither");
    }

    @Test
    void whatLooksLikeATokenIsNotRepeated() {
        String token = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl";

        assertThat(said(explain().named(token)))
                .contains("give it by --token")
                .doesNotContain(token);
    }

    @Test
    void aWebsocketOfAForeignPageIsNotSaidToBeAllowed() {
        try (VisitorBrowser browser = new VisitorBrowser()) {
            house.signIn(browser, "ben");
        }
        String socket = house.origin().toString().replaceFirst("^http", "ws");
        String url = socket + "/api/hassio_ingress/token/ws";

        assertThat(asked(url, "ben", NONE)).contains("refused with 403 (foreign-page)");
        assertThat(
                        said(
                                explain()
                                        .request(
                                                new RequestQuestion(
                                                        url,
                                                        "GET",
                                                        "",
                                                        "ben",
                                                        NONE,
                                                        house.origin().toString(),
                                                        false))))
                .contains("decision: allowed, as ben");
    }

    @Test
    void whoSharesANameIsListed() {
        Account one = admitted("one");
        Account other = admitted("other");

        assertThat(asked("/", "twin", NONE))
                .startsWith("no: Several accounts are called 'twin'")
                .contains(one.id().value())
                .contains(other.id().value());
        assertThat(asked("/", one.id().value(), NONE)).contains("twin, who has no role");
    }

    private Account admitted(String subject) {
        return house.gateway()
                .accounts()
                .admit(
                        new Subject(new Issuer("https://op.example"), subject),
                        new Profile("twin", "Twin"));
    }

    @Test
    void anotherHostAndAnotherMethodAreSaid() {
        assertThat(asked("https://other.example/", "", NONE))
                .contains("refused with 421")
                .contains("homes[].origins");
        assertThat(asked("ftp://x/", "", NONE)).startsWith("no: ");
        assertThat(
                        said(
                                explain()
                                        .request(
                                                new RequestQuestion(
                                                        "/auth/token",
                                                        "GET",
                                                        "",
                                                        "",
                                                        NONE,
                                                        "",
                                                        false))))
                .contains("refused with 405")
                .contains("--method POST");
    }
}
