package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeId;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.http.Response;
import dev.vestibule.policy.UpstreamRule;
import dev.vestibule.policy.Webhooks.Judgement;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Section C of the list of attacks: where a message ends is never a matter of opinion.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingAttackTest {

    private static final String POST =
            "POST /api/states/a HTTP/1.1\r\n"
                    + "Host: home.example\r\n"
                    + "Authorization: Bearer access-ada\r\n";

    private final TestGate gate = new TestGate();

    @AfterAll
    void stop() throws IOException {
        gate.close();
    }

    static Stream<String> heads() {
        return Stream.of(
                POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                POST + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                POST + "Content-Length: +5\r\n\r\nhello",
                POST + "Content-Length: -5\r\n\r\nhello",
                POST + "Content-Length: 5, 5\r\n\r\nhello",
                POST + "Content-Length: 0x5\r\n\r\nhello",
                POST + "Content-Length: 5 5\r\n\r\nhello",
                POST + "Content-Length:\r\n\r\nhello",
                POST + "Content-Length: 99999999999999999999\r\n\r\nhello",
                POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: identity\r\n\r\nhello",
                POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                POST + "X-Folded: a\r\n\tb\r\n\r\n",
                POST + " X-Leading: a\r\n\r\n",
                POST + "X-Bare: a\nX-Other: b\r\n\r\n",
                POST + "X-Bare: a\rX-Other: b\r\n\r\n",
                POST + "No colon here\r\n\r\n",
                POST + ": no name\r\n\r\n",
                POST + "X-Null: a\u0000b\r\n\r\n",
                POST.replace("POST /api", "POST  /api") + "\r\n",
                POST.replace(" HTTP/1.1", "\tHTTP/1.1") + "\r\n",
                POST.replace(" HTTP/1.1", " HTTP/1.1 ") + "\r\n",
                POST.replace(" HTTP/1.1", "") + "\r\n",
                "\r\n\r\n" + POST + "\r\n",
                POST.replace("HTTP/1.1", "HTTP/1.0")
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aHeadThatCanBeReadInTwoWaysEndsTheConnection(String request) throws IOException {
        int before = gate.home.received().length();
        try (RawClient client = gate.connect()) {
            client.trySend(request + gate.request("GET", "/api/smuggled"));

            assertThat(client.readRest())
                    .startsWith("HTTP/1.1 ")
                    .containsOnlyOnce("HTTP/1.1")
                    .satisfies(answer -> assertThat(answer.substring(9, 12)).isIn("400", "505"));
        }
        assertThat(gate.home.received()).hasSize(before);
    }

    static Stream<String> chunks() {
        return Stream.of(
                "5\nhello\r\n0\r\n\r\n",
                "ffffffffffffffff1\r\nhello",
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5;ext=\"\n\"\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhellohello\r\n0\r\n\r\n",
                "g\r\nhello\r\n0\r\n\r\n",
                "5;x=" + "y".repeat(40_000) + "\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nX: " + "y".repeat(70_000) + "\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("chunks")
    void aBodyThatCanBeReadInTwoWaysEndsBothConnections(String body) throws IOException {
        try (RawClient client = gate.connect()) {
            client.trySend(
                    POST
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + body
                            + gate.request("GET", "/api/smuggled"));

            assertThat(client.readRest()).doesNotContain(" 200 OK");
        }
        assertThat(gate.home.received()).doesNotContain("smuggled");
        try (RawClient next = gate.connect()) {
            next.send(gate.request("GET", "/api/after"));

            assertThat(next.read().body()).isEqualTo("ok");
        }
    }

    @Test
    @DisplayName("C3: trailers are dropped")
    void trailersAreNotPassedOn() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    POST
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\n0\r\nAuthorization: Bearer stolen\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(gate.home.received()).contains("hello").doesNotContain("stolen");
    }

    @Test
    @DisplayName("C5: a request behind a refused one is a request of its own")
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    TestGate.anonymous("GET", "/api/one")
                            + gate.request("GET", "/api/two")
                            + TestGate.anonymous("GET", "/api/three"));

            assertThat(client.read().status()).isEqualTo(401);
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(401);
        }
        assertThat(gate.home.received()).contains("/api/two").doesNotContain("/api/three");
    }

    @Test
    @DisplayName("C5: the body of a refused request is not read as the next one")
    void aBodyLeftUnreadEndsTheConnection() throws IOException {
        String hidden = gate.request("GET", "/api/hidden");
        try (RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("POST", "/auth/token", "Content-Length: 9999999"));
            assertThat(client.read().status()).isEqualTo(413);
            client.trySend(hidden);

            assertThat(client.readRest()).isEmpty();
        }
        assertThat(gate.home.received()).doesNotContain("/api/hidden");
    }

    @Test
    @DisplayName("C7: h2c is not heard")
    void anUpgradeToAnotherProtocolIsDropped() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    gate.request(
                            "GET",
                            "/api/h2c",
                            "Connection: Upgrade, HTTP2-Settings",
                            "Upgrade: h2c",
                            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"));

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(sent("/api/h2c").toLowerCase(Locale.ROOT))
                .doesNotContain("upgrade", "http2-settings", "h2c\r\nhttp2");
    }

    private String sent(String path) {
        String all = gate.home.received();
        int at = all.indexOf("GET " + path + " ");
        return all.substring(at, all.indexOf("\r\n\r\n", at));
    }

    @Test
    @DisplayName("C8: who waits for a 100 gets it only from us, and only when the body is wanted")
    void aRefusedRequestGetsNoContinue() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    TestGate.anonymous(
                            "POST", "/api/states/x", "Content-Length: 5", "Expect: 100-continue"));

            assertThat(client.read().status()).isEqualTo(401);
            assertThat(client.readRest()).isEmpty();
        }
    }

    @Test
    void anAcceptedRequestGetsContinue() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    gate.request(
                            "POST", "/api/states/c", "Content-Length: 5", "Expect: 100-continue"));
            assertThat(client.read().status()).isEqualTo(100);
            client.send("hello");

            assertThat(client.read().body()).isEqualTo("ok");
        }
        assertThat(gate.home.received()).doesNotContain("100-continue");
    }

    @Test
    void anotherExpectationIsRefused() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(gate.request("GET", "/api/", "Expect: a miracle"));

            assertThat(client.read().status()).isEqualTo(417);
        }
    }

    private static final String OF_ITS_OWN =
            "xGET /auth/providers HTTP/1.1\r\nHost: evil\r\nX-Forwarded-For: 192.168.1.2\r\n\r\n";

    /// A request that somebody has to be asked about, and that is refused then.
    record Asked(Setting setting, String head) {}

    private static Asked asked(String head, Consumer<Setting> change) {
        Setting setting = new Setting();
        change.accept(setting);
        return new Asked(setting, head);
    }

    static Stream<Asked> refusedAfterAsking() {
        return Stream.of(
                asked(
                        TestGate.anonymous("POST", "/api/a", "Authorization: Bearer unknown"),
                        setting ->
                                setting.judge = (home, token, from) -> new TokenJudgement.Dead()),
                asked(
                        TestGate.anonymous("POST", "/api/webhook/unknown"),
                        setting -> setting.webhooks = (home, id) -> Judgement.REFUSED),
                asked(
                        POST.replace("/api/states/a", "/api/mobile_app/registrations") + "\r\n",
                        setting -> setting.mayRegister = false),
                asked(
                        TestGate.anonymous("POST", "/scim/v2/Users"),
                        setting -> setting.guard = _ -> Optional.of(Response.text(401, "no"))),
                asked(POST + "\r\n", setting -> setting.upstream = new OneGoesAround()));
    }

    /// Lets the first request walk around the proxy in front, and no other.
    private static final class OneGoesAround implements UpstreamRule {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public boolean appliesAt(HomeId home) {
            return true;
        }

        @Override
        public Finding decide(Approach approach) {
            return Finding.MUST_ASK;
        }

        @Override
        public Finding judge(Approach approach) {
            return asked.incrementAndGet() == 1 ? Finding.WALKED_AROUND : Finding.CAME_THROUGH;
        }
    }

    @ParameterizedTest
    @MethodSource("refusedAfterAsking")
    @DisplayName("C5: what is kept of a body while somebody is asked is never the next request's")
    void aBodyThatWaitsForADecisionIsOfItsOwnRequest(Asked asked) throws IOException {
        String body =
                Integer.toHexString(OF_ITS_OWN.length()) + "\r\n" + OF_ITS_OWN + "\r\n0\r\n\r\n";
        String first =
                asked.head().replaceFirst("\r\n\r\n$", "\r\nTransfer-Encoding: chunked\r\n\r\n");
        try (TestGate house = new TestGate(asked.setting());
                RawClient client = house.connect()) {
            client.send(first + body + house.request("POST", "/api/b", "Content-Length: 1"));
            assertThat(client.read().status()).isIn(401, 403);
            client.send("y");

            assertThat(client.read().body()).isEqualTo("ok");
            assertThat(house.home.received())
                    .startsWith("POST /api/b ")
                    .endsWith("\r\n\r\ny")
                    .doesNotContain("/auth/providers");
        }
    }

    @Test
    @DisplayName("C5: the end of a request is never the end of the one behind it")
    void aHandlerWaitsForTheBodyOfItsOwnRequest() throws IOException {
        try (TestGate house = new TestGate();
                RawClient client = house.connect()) {
            client.send(
                    TestGate.anonymous("GET", "/api/a", "Authorization: Bearer unknown")
                            + TestGate.anonymous("POST", "/auth/token", "Content-Length: 5"));
            assertThat(client.read().status()).isEqualTo(401);
            client.send("hello");

            assertThat(client.read().body()).isEqualTo("own");
            assertThat(house.seenByHandlers)
                    .extracting(request -> new String(request.body(), StandardCharsets.UTF_8))
                    .containsExactly("hello");
        }
    }

    @Test
    void aHeadThatIsRefusedUnreadIsCountedAndToldOf() throws IOException {
        try (TestGate house = new TestGate();
                RawClient client = house.connect()) {
            client.send("GET  / HTTP/1.1\r\nHost: home.example\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(400);

            assertThat(house.meters.text())
                    .contains("vestibule_refusals_total{reason=\"unreadable-request\"} 1")
                    .contains(
                            "vestibule_requests_total{outcome=\"client-error\","
                                    + "route=\"closed\"} 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD,/api/a", "GET,/scim/v2/Users"})
    void nothingOfTheLastRequestIsInTheRefusalOfWhatIsNone(String method, String path)
            throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(gate.request(method, path));
            RawClient.Answer before = method.equals("HEAD") ? client.readToHead() : client.read();
            assertThat(before.status()).isEqualTo(200);
            client.send("GET  / HTTP/1.1\r\nHost: home.example\r\n\r\n");

            RawClient.Answer refused = client.read();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.header("content-type")).contains("application/json");
            assertThat(refused.body()).endsWith("}");
            assertThat(client.readRest()).isEmpty();
        }
    }
}
