package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.vestibule.TestHouse;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A person in a real browser is asked about programs. Pictures stand in `e2e/target/screenshots`.
class ConsentPagesTest {

    private static final String GOOGLE = "https://oauth-redirect.googleusercontent.com/r/my-home";
    private static final By ALLOW = By.cssSelector("button[value='allow']");
    private static final By REFUSE = By.cssSelector("button[value='refuse']");

    @AutoClose private final Chromium browser = new Chromium();

    @AutoClose
    private final TestHouse house =
            new TestHouse(
                    new ClientsConfig(
                            List.of("my-home"), List.of(), List.of(), UnknownClients.ASK));

    /// A program's own web server. As many do, it sends the browser on to another origin at once.
    private HttpServer program;

    @BeforeEach
    void startProgram() throws IOException {
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext(
                "/callback",
                exchange -> {
                    exchange.getResponseHeaders()
                            .set(
                                    "location",
                                    "http://127.0.0.1:"
                                            + program.getAddress().getPort()
                                            + "/welcome?"
                                            + exchange.getRequestURI().getRawQuery());
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        program.createContext(
                "/welcome",
                exchange -> {
                    byte[] page = "<h1>The program</h1>".getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("content-type", "text/html");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        program.start();
        house.provider().signInAutomaticallyAs("ben");
    }

    @AfterEach
    void close() {
        program.stop(0);
    }

    private String origin() {
        return "http://" + authority() + "/";
    }

    private String authority() {
        return "localhost:" + program.getAddress().getPort();
    }

    private URI request(String clientId, String redirectUri) {
        return house.at(
                "/auth/authorize?response_type=code&state=s&client_id="
                        + URLEncoder.encode(clientId, StandardCharsets.UTF_8)
                        + "&redirect_uri="
                        + URLEncoder.encode(redirectUri, StandardCharsets.UTF_8)
                        + "&code_challenge_method=S256"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    private void assertShows(String heading, String picture) {
        PageCheck.assertShows(browser, house.at("/"), heading, picture);
    }

    @Test
    void whoeverAllowsAStrangerArrivesThereAlsoWhereItSendsThemOn() {
        browser.open(request(origin(), origin() + "callback"));
        browser.awaitText("Nobody who runs this home has listed this program");
        assertShows("Give " + authority() + " access?", "consent-stranger");

        browser.click(ALLOW);

        browser.awaitHeading("The program");
        assertThat(browser.address().getHost()).isEqualTo("127.0.0.1");
        assertThat(browser.address().getQuery()).contains("code=", "state=s", "iss=");
    }

    @Test
    void whoeverRefusesAStrangerStaysHere() {
        browser.open(request(origin(), origin() + "callback"));

        browser.click(REFUSE);

        assertShows("Nothing was given", "consent-refused");
        assertThat(browser.address().getAuthority()).isEqualTo(house.origin().authority());
    }

    @Test
    void aGoogleProjectIsNamed() {
        browser.open(request(GOOGLE, GOOGLE));

        assertShows("Give Google Assistant access?", "consent-google");
    }

    @Test
    void goingBackAfterTheAnswerGivesNothingTwice() {
        browser.open(request(origin(), origin() + "callback"));
        browser.awaitText("Nobody who runs this home has listed this program");
        URI page = browser.address();
        browser.click(ALLOW);
        browser.awaitHeading("The program");

        browser.open(page);

        browser.awaitHeading("This sign-in has already been used or has expired");
    }

    @Test
    void aProgramThatMayNotAskIsAPage() {
        browser.open(request("https://app.example.net:444/", "https://evil.example/"));

        assertShows("This sign-in link does not work", "consent-malformed");
    }
}
