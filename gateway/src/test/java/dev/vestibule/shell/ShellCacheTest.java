package dev.vestibule.shell;

import static dev.vestibule.shell.ShellHouse.header;
import static dev.vestibule.shell.ShellHouse.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

final class ShellCacheTest {

    private static final String APP = "/frontend_latest/app.6d82fe82.js";
    private static final String CHUNK = "/frontend_latest/1000.185bb2db5b9597eb.js";

    @TempDir Path directory;
    private ShellHouse house;

    @BeforeEach
    void open() {
        house = new ShellHouse(directory);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void onePageIsFetchedOnceAndShownAtEveryPanel() {
        house.cache().panels(Set.of("lovelace", "config"));

        assertThat(text(house.get("/"))).isEqualTo(ShellHouse.INDEX);
        assertThat(text(house.get("/lovelace/0"))).isEqualTo(ShellHouse.INDEX);
        assertThat(text(house.get("/config/areas/dashboard"))).isEqualTo(ShellHouse.INDEX);
        assertThat(house.home.targets()).containsExactly("/");
    }

    @Test
    void panelsSurviveARestart() {
        house.cache().panels(Set.of("lovelace", "no/slash", ".."));
        house.get("/");

        house.restart();
        house.home.goAway();

        assertThat(house.get("/lovelace").status()).isEqualTo(200);
    }

    @Test
    void nothingOfARequestTravels() {
        house.cache()
                .handle(
                        ShellHouse.request(
                                "HEAD",
                                "/?external_auth=1&evil=%3Cscript%3E",
                                "Cookie: __Host-vestibule=secret",
                                "Authorization: Bearer stolen",
                                "X-Forwarded-For: 203.0.113.7",
                                "User-Agent: curl/evil",
                                "Accept-Encoding: gzip;q=0.9, evil",
                                "If-None-Match: \"evil\"",
                                "Range: bytes=0-5"));
        house.get("/static/icons/%66avicon.ico?evil=1", "Accept-Language: evil");

        assertThat(house.home.requests())
                .containsExactly(
                        asked("/", "gzip"), asked("/static/icons/favicon.ico", "identity"));
    }

    /// The whole head that we send, byte by byte.
    private String asked(String path, String encoding) {
        return String.join(
                "\r\n",
                "GET " + path + " HTTP/1.1",
                "Host: 127.0.0.1:" + house.home.uri().getPort(),
                "Accept: */*",
                "Accept-Encoding: " + encoding,
                "User-Agent: Vestibule",
                "",
                "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nonesuch",
                "/lovelace",
                "/onboarding.html",
                "/auth/providers",
                "/api/states",
                "/local/secret.txt",
                "/static/",
                "/static",
                "/static/nonesuch.js",
                "/static/%E2%98%83.js",
                "/static/a%20b.js",
                "/static/.hidden",
                "/static/a/b/c/d/e/f/g/h/i.js",
                "/frontend_latest/evil.185bb2db5b9597eb.js",
                "/frontend_latest/1000.185bb2db5b9597ec.js",
                "/frontend_latest/1000.185bb2db5b9597eb.exe",
                "/frontend_evil/1000.185bb2db5b9597eb.js",
                "/static/evil/1000.185bb2db5b9597eb.js",
                "/static/translations/evil/zh-Hans-0f3aB91c22.json",
                "/FRONTEND_LATEST/core.c42f1d37.js"
            })
    void whatNoDocumentNamesIsRefusedWithoutAQuestion(String target) {
        house.get("/");
        house.get(APP);
        List<String> before = house.home.requests();

        assertThat(house.get(target).status()).isEqualTo(404);
        assertThat(house.home.requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/frontend_latest/../api/states",
                "/static/%2e%2e/secrets.yaml",
                "/static/..%2fsecrets.yaml",
                "/static//evil",
                "/static/%252e%252e/x",
                "/static\\..\\x",
                "/static/\u0000"
            })
    void aPathWithTwoMeaningsNeverGetsThisFar(String target) {
        assertThatThrownBy(() -> house.get(target)).isInstanceOf(BadRequest.class);
        assertThat(house.home.requests()).isEmpty();
    }

    @Test
    void aFileThatTheLoaderPutsTogetherIsFetched() {
        house.home.page("/static/translations/zh-Hans-0f3aB91c22.json", "application/json", "{}");
        house.home.page(
                "/static/translations/config/zh-Hans-0f3aB91c22.json", "application/json", "{}");
        house.get("/");
        house.get(APP);

        assertThat(text(house.get(CHUNK))).isEqualTo("export const panel=1");
        assertThat(house.get("/static/translations/zh-Hans-0f3aB91c22.json").status())
                .isEqualTo(200);
        assertThat(house.get("/static/translations/config/zh-Hans-0f3aB91c22.json").status())
                .isEqualTo(200);
    }

    @Test
    void namesAreFoundInADocumentThatIsStoredInBrotli() {
        house.get("/");

        assertThat(text(house.get(APP, "Accept-Encoding: gzip, br"))).startsWith("brotli:");

        assertThat(house.get(CHUNK).status()).isEqualTo(200);
        assertThat(house.home.targets()).containsExactly("/", APP, APP, CHUNK);
    }

    @Test
    void aHundredAtOnceAskOnce() throws Exception {
        house.home.hold();
        List<Future<Response>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Response> one = () -> house.get("/");
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(one));
            }
            ShellHouse.eventually(() -> !house.home.requests().isEmpty());
            house.home.release();
        }

        for (Future<Response> answer : answers) {
            assertThat(text(answer.get())).isEqualTo(ShellHouse.INDEX);
        }
        assertThat(house.home.targets()).containsExactly("/");
    }

    @Test
    void moreQuestionsThanAllowedAreTurnedAwayAndFewAreAskedAtOnce() throws Exception {
        StringBuilder index = new StringBuilder(ShellHouse.INDEX);
        for (int i = 0; i < 100; i++) {
            index.append("<img src=\"/static/images/p").append(i).append(".png\">");
        }
        house.home.page("/", "text/html", index.toString());
        house.get("/");
        house.home.hold();
        List<Future<Response>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                String target = "/static/images/p" + i + ".png";
                answers.add(threads.submit(() -> house.get(target)));
            }
            int turnedAway = 100 - ShellHouse.LIMITS.flightsMax();
            ShellHouse.eventually(
                    () -> answers.stream().filter(Future::isDone).count() == turnedAway);
            ShellHouse.eventually(
                    () -> house.home.requests().size() == 1 + ShellHouse.LIMITS.fetchesMax());
            house.home.release();
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<Response> answer : answers) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsOnly(503, 404);
        assertThat(statuses.stream().filter(status -> status == 503)).hasSize(68);
    }

    @Test
    void whatHomeAssistantLacksIsAskedForOnceInAWhile() {
        house.get("/");
        house.home.without("/static/icons/favicon.ico");

        for (int i = 0; i < 20; i++) {
            assertThat(house.get("/static/icons/favicon.ico").status()).isEqualTo(404);
        }
        assertThat(house.home.targets()).containsExactly("/", "/static/icons/favicon.ico");

        house.clock.advance(Duration.ofSeconds(61));
        assertThat(house.get("/static/icons/favicon.ico").status()).isEqualTo(404);
        assertThat(house.home.targets()).hasSize(3);
    }

    @Test
    void anOldPageIsShownWhileANewOneIsFetched() {
        house.get("/");
        house.home.page("/", "text/html", "<html>new</html>");
        house.clock.advance(Duration.ofSeconds(61));

        assertThat(text(house.get("/"))).isEqualTo(ShellHouse.INDEX);
        ShellHouse.eventually(() -> text(house.get("/")).equals("<html>new</html>"));
        assertThat(house.home.targets()).containsExactly("/", "/");
    }

    @Test
    void anUnchangedDocumentDoesNotTravelAgain() {
        house.home.page("/manifest.json", "application/json", "{}", "ETag: \"m-1\"");
        house.get("/manifest.json");
        house.clock.advance(Duration.ofDays(8));

        assertThat(text(house.get("/manifest.json"))).isEqualTo("{}");
        assertThat(house.home.requests().get(1)).contains("If-None-Match: \"m-1\"\r\n");

        assertThat(text(house.get("/manifest.json"))).isEqualTo("{}");
        assertThat(house.home.requests()).hasSize(2);
    }

    @Test
    void aClockThatIsPutRightMakesNothingLastForEver() {
        house.get("/");
        house.get("/manifest.json");
        house.home.goAway();
        house.get("/robots.txt");
        house.home.comeBack();
        house.home.page("/", "text/html", "<html>new</html>");

        house.clock.advance(Duration.ofDays(-400));

        ShellHouse.eventually(() -> text(house.get("/")).equals("<html>new</html>"));
    }

    @Test
    void aCopyIsShownWhileHomeAssistantIsAwayButNotForEver() {
        house.get("/");
        house.home.goAway();

        house.clock.advance(Duration.ofDays(7));
        assertThat(text(house.get("/"))).isEqualTo(ShellHouse.INDEX);

        house.clock.advance(Duration.ofMinutes(2));
        Response answer = house.get("/");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(header(answer, "retry-after")).containsExactly("5");
        assertThat(header(answer, "cache-control")).containsExactly("no-store");
    }

    @Test
    void anAbsentHomeAssistantIsAskedSeldom() {
        house.home.goAway();
        for (int i = 0; i < 20; i++) {
            assertThat(house.get("/").status()).isEqualTo(503);
        }
        int asked = house.home.requests().size();
        house.home.comeBack();
        assertThat(house.get("/").status()).isEqualTo(503);
        assertThat(house.home.requests()).hasSize(asked);

        house.clock.advance(Duration.ofSeconds(3));
        assertThat(house.get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"500 Oops", "404 Not Found", "403 Forbidden", "429 Too Many", "206 Part"})
    void anErrorNeverReplacesThePage(String status) {
        house.get("/");
        house.home.status("/", status);
        house.clock.advance(Duration.ofSeconds(61));

        house.get("/");
        ShellHouse.eventually(() -> house.home.requests().size() == 2);

        assertThat(text(house.get("/"))).isEqualTo(ShellHouse.INDEX);
    }

    @Test
    void aHomeAssistantWithoutItsFirstUserIsSaidToBeSo() {
        house.home.status("/", "302 Found", "Location: /onboarding.html");
        house.home.page("/onboarding.html", "text/html", "claim this house");

        Response answer = house.get("/");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(text(answer)).contains("not set up yet").doesNotContain("claim");
        assertThat(house.home.targets()).containsExactly("/");
    }

    @Test
    void aRedirectIsNeverFollowed() {
        house.get("/");
        house.home.status("/static/icons/favicon.ico", "302 Found", "Location: /api/states");

        assertThat(house.get("/static/icons/favicon.ico").status()).isEqualTo(404);
        assertThat(house.home.targets()).containsExactly("/", "/static/icons/favicon.ico");
    }

    @Test
    void onlyHarmlessHeadersAreShownToStrangers() {
        house.home.page(
                "/",
                "text/html",
                "<html></html>",
                "Set-Cookie: session=1",
                "Server: Python/3.13 aiohttp",
                "X-Secret: 1",
                "X-Frame-Options: SAMEORIGIN",
                "Referrer-Policy: no-referrer");

        Response answer = house.get("/");

        assertThat(answer.headers().stream().map(field -> field.name()))
                .containsExactlyInAnyOrder(
                        "content-type",
                        "etag",
                        "vary",
                        "x-frame-options",
                        "referrer-policy",
                        "cache-control");
        assertThat(header(answer, "vary")).containsExactly("Accept-Encoding");
        assertThat(header(answer, "cache-control")).containsExactly("no-cache");
    }

    @Test
    void eachEncodingIsItsOwnCopy() {
        house.get("/");

        Response plain = house.get(APP);
        Response packed = house.get(APP, "Accept-Encoding: gzip");
        Response brotli = house.get(APP, "Accept-Encoding: br;q=1.0, gzip;q=0.5");

        assertThat(text(plain)).isEqualTo(ShellHouse.APP);
        assertThat(header(plain, "content-encoding")).isEmpty();
        assertThat(packed.body()).isEqualTo(FrontEnd.gzip(ShellHouse.APP));
        assertThat(header(packed, "content-encoding")).containsExactly("gzip");
        assertThat(text(brotli)).isEqualTo("brotli:" + ShellHouse.APP);
        assertThat(header(brotli, "content-encoding")).containsExactly("br");
    }

    @Test
    void aWorseEncodingBeatsNone() {
        house.get("/", "Accept-Encoding: gzip");
        house.home.goAway();

        assertThat(house.get("/", "Accept-Encoding: br, gzip").status()).isEqualTo(200);
        assertThat(house.get("/", "Accept-Encoding: br").status()).isEqualTo(503);
    }

    @Test
    void aBrowserThatHasTheCopyIsToldSo() {
        house.get("/");
        String tag = header(house.get("/"), "etag").getFirst();

        Response answer = house.get("/", "If-None-Match: \"other\", W/" + tag);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "etag")).containsExactly(tag);
        assertThat(header(answer, "content-type")).isEmpty();
        assertThat(house.get("/", "If-None-Match: \"other\"").status()).isEqualTo(200);
    }

    @Test
    void aDateSaysTheSameWhereThereIsNoTag() {
        house.home.page(
                "/robots.txt",
                "text/plain",
                "Disallow: /",
                "Last-Modified: Mon, 23 Nov 2026 13:40:57 GMT");

        assertThat(
                        house.get("/robots.txt", "If-Modified-Since: Mon, 23 Nov 2026 13:40:57 GMT")
                                .status())
                .isEqualTo(304);
        assertThat(
                        house.get("/robots.txt", "If-Modified-Since: Mon, 23 Nov 2026 13:40:56 GMT")
                                .status())
                .isEqualTo(200);
        assertThat(house.get("/robots.txt", "If-Modified-Since: yesterday").status())
                .isEqualTo(200);
    }

    @Test
    void afterAnUpdateTheNewIndexComesAtOnceAndOldNamesAreForgotten() {
        house.get("/");
        house.get(APP);
        house.home.page(
                "/", "text/html", "<script src=\"/frontend_latest/app.00000000.js\"></script>");
        house.home.script("/frontend_latest/app.00000000.js", "new");

        house.cache().homeAssistantChanged();

        ShellHouse.eventually(() -> text(house.get("/")).contains("app.00000000.js"));
        assertThat(text(house.get("/frontend_latest/app.00000000.js"))).isEqualTo("new");
        ShellHouse.eventually(() -> house.get(CHUNK).status() == 404);
        assertThat(house.home.targets()).doesNotContain(CHUNK);
    }

    @Test
    void whoIsSignedInMayAskForMore() {
        house.home.page("/static/images/drawn_by_script.svg", "image/svg+xml", "<svg/>");
        house.get("/");

        assertThat(house.get("/static/images/drawn_by_script.svg").status()).isEqualTo(404);
        assertThat(
                        house.cache()
                                .forSignedIn()
                                .handle(
                                        ShellHouse.request(
                                                "GET", "/static/images/drawn_by_script.svg?x=1"))
                                .status())
                .isEqualTo(200);
        assertThat(house.get("/static/images/drawn_by_script.svg").status()).isEqualTo(200);
        assertThat(house.home.targets()).containsExactly("/", "/static/images/drawn_by_script.svg");
    }

    @Test
    void onlyReadingIsAnswered() {
        Response answer = house.cache().handle(ShellHouse.request("POST", "/"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(header(answer, "allow")).containsExactly("GET, HEAD");
        assertThat(house.home.requests()).isEmpty();
    }
}
