package dev.vestibule.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The first-run page as those meet it who should not.
@Timeout(60)
class FirstRunDoorTest {

    private static final String WRONG = "2222-2222";

    @TempDir Path directory;
    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    private final VisitorBrowser operator = new VisitorBrowser();
    private final VisitorBrowser stranger = new VisitorBrowser();
    private OpenPage open;

    @BeforeEach
    void open() {
        open = new OpenPage(directory.resolve("vestibule.yaml"));
    }

    @AfterEach
    void close() {
        open.close();
        operator.close();
        stranger.close();
        home.close();
    }

    private int port() {
        return open.page().port();
    }

    private String own() {
        return "Host: localhost:" + port();
    }

    private void assertThatHomeAssistantWasNotAsked() {
        assertThat(home.record().byteCount()).isZero();
    }

    @Test
    void theConsoleSaysWhereAndByWhichCode() {
        assertThat(open.console())
                .contains("  http://127.0.0.1:" + port() + "/first-run")
                .anyMatch(line -> line.contains("ssh -L " + port()));
        assertThat(open.codes()).hasSize(1);
    }

    @Test
    void whoeverHasTheCodeIsAskedForHomeAssistant() {
        Answer entered = open.enter(operator, open.code());

        assertThat(entered.status()).isEqualTo(303);
        assertThat(entered.location()).isEqualTo("/first-run/home-assistant");
        assertThat(operator.get(open.at("/first-run")).location())
                .isEqualTo("/first-run/home-assistant");
        assertThat(operator.get(open.at("/first-run/home-assistant")).body())
                .contains("Where is Home Assistant?")
                .contains("Step 1 of 8");
    }

    @Test
    void theCookieIsForThisBrowserAlone() throws IOException {
        String answer =
                RawRequest.post(
                                "/first-run",
                                "code=" + open.code(),
                                own(),
                                "Origin: http://localhost:" + port())
                        .sendTo(port());

        assertThat(answer)
                .containsPattern(
                        "set-cookie: vestibule_first_run=[\\w-]{43}; path=/first-run; httponly;"
                                + " samesite=lax\r\n");
    }

    @Test
    void nothingIsAskedOfHomeAssistantBeforeTheCode() {
        Answer answer =
                open.post(
                        stranger,
                        "/first-run/home-assistant",
                        Map.of("home-assistant", home.url().toString()));

        assertThat(answer.status()).isEqualTo(403);
        assertThatHomeAssistantWasNotAsked();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/first-run/home-assistant",
                "/first-run/finish",
                "/first-run/trial/open",
                "/first-run/x"
            })
    void noStepIsShownBeforeTheCode(String path) {
        Answer answer = stranger.get(open.at(path));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/first-run");
    }

    @Test
    void aWrongCodeLetsNobodyIn() {
        Answer wrong = open.enter(stranger, WRONG);

        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.body()).contains("This is not the code.");
        assertThat(stranger.get(open.at("/first-run/home-assistant")).status()).isEqualTo(303);
    }

    @Test
    void afterTooManyTriesAnotherCodeIsOnTheConsole() {
        String before = open.code();
        for (int i = 1; i < OneTimeCode.TRIES_MAX; i++) {
            assertThat(open.enter(stranger, WRONG).status()).isEqualTo(403);
        }

        assertThat(open.enter(stranger, WRONG).body()).contains("Another code stands on the");
        assertThat(open.codes()).hasSize(2);
        assertThat(open.enter(operator, before).status()).isEqualTo(403);
        assertThat(open.enter(operator, open.code()).status()).isEqualTo(303);
    }

    @Test
    void whoeverGoesOnGuessingEndsThePage() {
        for (int i = 0; i < OneTimeCode.TRIES_MAX * OneTimeCode.CODES_MAX; i++) {
            assertThat(open.enter(stranger, WRONG).status()).isEqualTo(403);
        }

        assertThat(open.page().await()).isEqualTo(new FirstRunResult.Guessed());
        assertThat(open.enter(operator, open.code()).status()).isEqualTo(403);
    }

    @Test
    void theCodeWorksOnceAndTheOtherBrowserIsToldSo() {
        String code = open.code();
        assertThat(open.enter(operator, code).status()).isEqualTo(303);

        Answer again = open.enter(stranger, code);

        assertThat(again.status()).isEqualTo(403);
        assertThat(again.body()).contains("Another browser is setting Vestibule up");
        assertThat(stranger.get(open.at("/first-run")).status()).isEqualTo(403);
    }

    @Test
    void theTokenOfTheFormIsOfNoUseToAnotherBrowser() {
        assertThat(open.enter(operator, open.code()).status()).isEqualTo(303);
        String token = OpenPage.token(operator.get(open.at("/first-run/home-assistant")).body());

        Answer answer =
                open.post(
                        stranger,
                        "/first-run/home-assistant",
                        Map.of("form-token", token, "home-assistant", home.url().toString()));

        assertThat(answer.status()).isEqualTo(403);
        assertThatHomeAssistantWasNotAsked();
    }

    @Test
    void aFormOfAnotherSiteIsNoTry() throws IOException {
        String code = open.code();
        for (int i = 0; i < OneTimeCode.TRIES_MAX; i++) {
            String answer =
                    RawRequest.post(
                                    "/first-run",
                                    "code=" + WRONG,
                                    own(),
                                    "Origin: http://evil.example")
                            .sendTo(port());
            assertThat(answer).startsWith("http/1.1 403");
        }

        assertThat(open.enter(operator, code).status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "X-Nothing: at all"
            })
    void aFormOfAnotherSiteAsksNothingOfAnybody(String header) throws IOException {
        assertThat(open.enter(operator, open.code()).status()).isEqualTo(303);
        String token = OpenPage.token(operator.get(open.at("/first-run/home-assistant")).body());

        String answer =
                RawRequest.post(
                                "/first-run/home-assistant",
                                "form-token=" + token + "&home-assistant=" + home.url(),
                                own(),
                                "Cookie: " + operator.cookies(open.at("/first-run/home-assistant")),
                                header)
                        .sendTo(port());

        assertThat(answer).startsWith("http/1.1 403");
        assertThatHomeAssistantWasNotAsked();
    }

    @Test
    void aFormWithoutItsTokenAsksNothingOfAnybody() {
        assertThat(open.enter(operator, open.code()).status()).isEqualTo(303);

        Answer answer =
                open.post(
                        operator,
                        "/first-run/home-assistant",
                        Map.of("home-assistant", home.url().toString()));

        assertThat(answer.status()).isEqualTo(403);
        assertThatHomeAssistantWasNotAsked();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "home.example.org:8124", ""})
    void aNameThatWasPointedHereIsNotAnswered(String host) throws IOException {
        for (String path : new String[] {"/", "/first-run", "/auth/vestibule/assets/door.svg"}) {
            assertThat(RawRequest.get(path, "Host: " + host).sendTo(port()))
                    .as(path)
                    .containsPattern("^http/1.1 (421|400)");
        }
        assertThat(
                        RawRequest.post(
                                        "/first-run",
                                        "code=" + open.code(),
                                        "Host: " + host,
                                        "Origin: http://" + host)
                                .sendTo(port()))
                .containsPattern("^http/1.1 (421|400)");
        assertThat(open.enter(operator, open.code()).status()).isEqualTo(303);
    }

    @Test
    void whatComesThroughAProxyIsNotAnswered() throws IOException {
        for (String header :
                new String[] {
                    "X-Forwarded-For: 203.0.113.7",
                    "Forwarded: for=203.0.113.7",
                    "Via: 1.1 nginx",
                    "True-Client-IP: 203.0.113.7",
                    "X_Forwarded_Host: home.example.org",
                    "X-Envoy-External-Address: 203.0.113.7"
                }) {
            assertThat(RawRequest.get("/first-run", own(), header).sendTo(port()))
                    .startsWith("http/1.1 421");
        }
    }

    @Test
    void pagesMayNotBeFramedKeptOrScripted() throws IOException {
        String answer = RawRequest.get("/first-run", own()).sendTo(port());

        assertThat(answer)
                .startsWith("http/1.1 200")
                .contains("frame-ancestors 'none'")
                .contains("default-src 'none'")
                .doesNotContain("unsafe-inline")
                .contains("x-frame-options: deny")
                .contains("cache-control: no-store")
                .contains("x-content-type-options: nosniff")
                .contains("connection: close")
                .doesNotContain("<script");
    }

    @Test
    void nothingElseIsAnswered() throws IOException {
        assertThat(stranger.get(open.at("/")).location()).isEqualTo("/first-run");
        for (String path : new String[] {"/api/", "/auth/token", "/x", "/auth/vestibule/console"}) {
            assertThat(stranger.get(open.at(path)).status()).as(path).isEqualTo(404);
        }
        assertThat(
                        new RawRequest("PUT /first-run HTTP/1.1\r\n" + own() + "\r\n", "")
                                .sendTo(port()))
                .startsWith("http/1.1 404");
        assertThat(stranger.get(open.at("/auth/vestibule/assets/vestibule.css")).status())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() throws IOException {
        String answer =
                new RawRequest(
                                "POST /first-run HTTP/1.1\r\n"
                                        + own()
                                        + "\r\nConnection: close\r\nContent-Length: 1000000\r\n",
                                "code=")
                        .sendTo(port());

        assertThat(answer).startsWith("http/1.1 413");
    }

    @Test
    void whoeverIsToldToStopIsNotSaidToHaveWaitedAnHour() {
        Thread.currentThread().interrupt();

        assertThat(open.page().await()).isEqualTo(new FirstRunResult.Stopped());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anHourWithoutAnAnswerEndsThePage() {
        assertThat(open.enter(operator, open.code()).status()).isEqualTo(303);
        open.clock().advance(FirstRun.IDLE_MAX.minus(Duration.ofMinutes(1)));
        Answer late = open.answer(operator, "home-assistant", "home-assistant", "nonsense");
        assertThat(late.status()).isEqualTo(422);

        open.clock().advance(FirstRun.IDLE_MAX.minus(Duration.ofMinutes(1)));
        assertThat(operator.get(open.at("/first-run/home-assistant")).status()).isEqualTo(200);
        open.clock().advance(Duration.ofMinutes(2));

        assertThat(operator.get(open.at("/first-run/home-assistant")).status()).isEqualTo(410);
        assertThat(open.page().await()).isEqualTo(new FirstRunResult.Idle());
    }

    @Test
    void aGuessKeepsThePageOpenForNobody() {
        open.clock().advance(FirstRun.IDLE_MAX.minus(Duration.ofMinutes(1)));
        assertThat(open.enter(stranger, WRONG).status()).isEqualTo(403);
        open.clock().advance(Duration.ofMinutes(1));

        assertThat(open.page().await()).isEqualTo(new FirstRunResult.Idle());
    }
}
