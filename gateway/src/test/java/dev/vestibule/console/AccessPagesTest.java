package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the console shows of browsers, grants and open connections, and how it ends them.
class AccessPagesTest {

    private static final String CONSOLE = "/auth/vestibule/console/";
    private static final String CONNECTIONS = CONSOLE + "connections";
    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"");
    private static final Pattern GRANT = Pattern.compile("name=\"grant\" value=\"([^\"]+)\"");

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser ben = new VisitorBrowser();

    AccessPagesTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        house.close();
    }

    private String of(String username) {
        return "?account=" + house.account(username).id().value();
    }

    private Answer page(String name) {
        Answer answer = ada.get(house.at(CONSOLE + name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static List<String> all(Pattern pattern, Answer answer) {
        return pattern.matcher(answer.body()).results().map(match -> match.group(1)).toList();
    }

    private static String only(Pattern pattern, Answer answer) {
        Matcher match = pattern.matcher(answer.body());
        assertThat(match.find()).as(answer.body()).isTrue();
        return match.group(1);
    }

    @Test
    void aBrowserIsSignedOutFromTheConsoleAndItsPageCloses() {
        SignedIn before = house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        VisitorSocket socket = house.openSocket(ben);
        socket.authenticate(before.accessToken());
        assertThat(all(SESSION, page("sessions"))).hasSize(2);

        Answer ended =
                ada.postForm(
                        house.at(CONSOLE + "sessions"),
                        Map.of("session", only(SESSION, page("sessions" + of("ben")))));

        assertThat(ended.status()).isEqualTo(302);
        assertThat(socket.awaitClose()).isEqualTo(1008);
        assertThat(all(SESSION, page("sessions"))).hasSize(1);
        assertThat(page("sessions" + of("ben")).body()).contains("No browser is signed in");
    }

    @Test
    void aGrantIsEndedFromTheConsoleAndItsTokenIsDead() {
        SignedIn before = house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        String grant = only(GRANT, page("grants" + of("ben")));

        ada.postForm(house.at(CONSOLE + "grants"), Map.of("grant", grant, "change", "end"));

        assertThat(house.get(ben, "/api/config", before.accessToken()).status()).isEqualTo(401);
        assertThat(page("grants" + of("ben")).body()).contains("Nothing has access");
        assertThat(
                        ada.postForm(
                                        house.at(CONSOLE + "grants"),
                                        Map.of("grant", grant, "change", "end"))
                                .status())
                .isEqualTo(404);
    }

    @Test
    void aGrantIsFoundByItsPersonAndShowsFromWhereItWasAskedFor() {
        ben.carry("User-Agent", "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Safari/537.36");
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");

        assertThat(all(GRANT, page("grants"))).hasSize(2);
        Answer found = page("grants?q=BEN");
        assertThat(all(GRANT, found)).hasSize(1);
        assertThat(found.body()).contains(">Ben<", "Chrome, Android", "127.0.0.1");
        assertThat(page("grants?q=%25").body()).contains("Nothing like that has access");
        assertThat(all(GRANT, page("grants" + of("ada") + "&q=ben"))).isEmpty();
    }

    @Test
    void whatIsOpenIsCutWithOneClickAndMayBeOpenedAgain() {
        SignedIn signedIn = house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        assertThat(page("connections").body()).contains("Nothing is open");
        VisitorSocket socket = house.openSocket(ben);
        socket.authenticate(signedIn.accessToken());
        Eventually.holds(
                () -> page("connections").body().contains("Ben"), () -> page("connections"));

        Answer cut =
                ada.postForm(
                        house.at(CONSOLE + "connections"),
                        Map.of("grant", only(GRANT, page("connections"))));

        assertThat(cut.status()).isEqualTo(302);
        assertThat(socket.awaitClose()).isEqualTo(1013);
        VisitorSocket again = house.openSocket(ben);
        again.authenticate(signedIn.accessToken());
        again.close();
        Eventually.holds(
                () -> page("connections").body().contains("Nothing is open"),
                () -> page("connections"));
    }

    @Test
    void thePageOfWhatIsOpenLooksForNewsAndLetsNoScriptOfOthersIn() {
        house.signIn(ada, "ada");

        Answer page = page("connections");

        assertThat(page.body())
                .contains("hx-get=\"/auth/vestibule/console/connections\"")
                .contains("htmx.min.js?v=")
                .doesNotContain("<script>");
        String script = page.body().replaceAll("(?s).*<script src=\"([^\"]+)\".*", "$1");
        assertThat(ada.get(house.at(script)).body()).contains("htmx");
    }

    /// Attack: a console that was left open begins sign-ins for ever, until nobody at its address
    /// may sign in any more.
    @Test
    void aPageThatLooksForNewsBeginsNoSignInWhenTheSessionIsOver() {
        house.provider().addPerson(Person.of("eve", "Eve").withGroups("admins"));
        house.signIn(ada, "ada");
        try (VisitorBrowser page = new VisitorBrowser()) {
            house.signIn(page, "eve");
            page.carry("HX-Request", "true");
            assertThat(page.get(house.at(CONNECTIONS)).status()).isEqualTo(200);
            house.suspend("eve");

            Answer answer = page.get(house.at(CONNECTIONS));

            assertThat(answer.status()).isEqualTo(286);
            assertThat(answer.location()).isEmpty();
            assertThat(answer.body())
                    .contains("<div id=\"news\">", "has ended", "href=\"" + CONNECTIONS + "\"")
                    .doesNotContain("hx-get", "<nav");
        }
    }

    @Test
    void aPageThatLooksForNewsAndIsNotForItsReaderStopsLooking() {
        house.signIn(ben, "ben");
        ben.carry("HX-Request", "true");

        Answer answer = ben.get(house.at(CONNECTIONS));

        assertThat(answer.status()).isEqualTo(286);
        assertThat(answer.body()).contains("not for you any more").doesNotContain("<table");
    }

    @Test
    void theFamilySeesNoneOfIt() {
        house.signIn(ben, "ben");

        for (String place : List.of("sessions", "grants", "connections")) {
            assertThat(ben.get(house.at(CONSOLE + place)).status()).as(place).isEqualTo(403);
        }
    }
}
