package dev.vestibule.gate;

import static dev.vestibule.gate.Passing.CAMERA;
import static dev.vestibule.gate.Passing.ask;
import static dev.vestibule.gate.Passing.passes;
import static dev.vestibule.gate.Passing.refuses;
import static dev.vestibule.gate.Passing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.AccountId;
import dev.vestibule.connection.Cut;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.network.Cidr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Who passes with a token or a cookie. Whoever is refused leaves no byte at Home Assistant.
class AccessTest {

    private static final String PADDING = "p".repeat(20_000);

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    @Test
    void aTokenOfALiveGrantPasses() throws IOException {
        try (TestGate gate = new TestGate()) {
            passes(gate, gate.request("GET", "/api/states"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Basic YTpi", "Bearer", "access-ada", "Bearer  "})
    void anotherAuthorizationIs401(String value) throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("GET", "/api/states", "Authorization: " + value), 401);
        }
    }

    @Test
    void aSessionCookieIsNoCredentialForTheApi() throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(
                    gate,
                    TestGate.anonymous("POST", "/api/services/light/turn_on", session(gate)),
                    401);
        }
    }

    /// F2 and F3: a cookie that may be somebody else's, or that is none of ours, is none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: __Host-vestibule=SESSION; __Host-vestibule=other",
                "Cookie: __Host-vestibule=other; a=b; __Host-vestibule=SESSION",
                "Cookie: vestibule=SESSION",
                "Cookie: vestibule-dev=SESSION",
                "Cookie: __host-vestibule=SESSION",
                "Cookie: __Host-vestibule=\"SESSION\"",
                "Cookie: __Host-vestibule=SESSIONx",
                "Cookie: __Host-vestibule=%00%ff",
                "Cookie: __Host-vestibule=",
                "Cookie: __Host-vestibule-browser=SESSION"
            })
    void aDoubtfulCookieIsNone(String line) throws IOException {
        try (TestGate gate = new TestGate()) {
            String cookie = line.replace("SESSION", gate.session.cookie().reveal());

            refuses(gate, TestGate.anonymous("GET", CAMERA, cookie), 401);
            refuses(gate, TestGate.anonymous("GET", CAMERA, cookie + "; pad=" + PADDING), 401);
        }
    }

    @Test
    void aTokenThatCannotBeJudgedIs503AndNever401() throws IOException {
        Setting setting = new Setting();
        setting.judge = (home, token, from) -> new TokenJudgement.Unjudgeable("away");
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", "/api/states", bearer("other")), 503);
            refuses(gate, TestGate.anonymous("GET", CAMERA, bearer("other")), 503);
        }
    }

    @Test
    void aTokenThatIsJudgedLivePassesWithItsBody() throws IOException {
        try (TestGate known = new TestGate()) {
            Setting setting = new Setting();
            setting.judge = (home, token, from) -> new TokenJudgement.Live(known.grant.grant());
            try (TestGate gate = new TestGate(setting)) {
                passes(
                        gate,
                        TestGate.anonymous(
                                        "POST",
                                        "/api/states/x",
                                        bearer("other"),
                                        "Content-Length: 11")
                                + "hello world");
                assertThat(gate.home.received()).contains("hello world");
            }
        }
    }

    @Test
    void anEndedGrantIs401AtOnce() throws IOException {
        try (TestGate gate = new TestGate()) {
            gate.grant.grant().connections().end(Cut.SUSPENDED);

            refuses(gate, gate.request("GET", "/api/states"), 401);
        }
    }

    /// It was deleted in Home Assistant's own pages, which tells nobody.
    @Test
    void aTokenThatHomeAssistantRefusesDoesNotReachItForEver() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            String request =
                    TestGate.anonymous("GET", "/api/config", "Authorization: Bearer access-ada");
            gate.facts.clock.advance(Duration.ofSeconds(31));
            assertThat(client.send(request).read().status()).isEqualTo(401);
            int before = gate.home.received().length();

            assertThat(client.send(request).read().status()).isEqualTo(401);

            assertThat(gate.home.received()).hasSize(before);
        }
    }

    /// Home Assistant also says so to people who may not do something.
    @Test
    void aTokenThatWasJustVouchedForIsBelievedOn() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            String request =
                    TestGate.anonymous("GET", "/api/config", "Authorization: Bearer access-ada");
            assertThat(client.send(request).read().status()).isEqualTo(401);
            int before = gate.home.received().length();

            assertThat(client.send(request).read().status()).isEqualTo(401);

            assertThat(gate.home.received().length()).isGreaterThan(before);
        }
    }

    @Test
    void whoMayComeInFromHomeOnlyIsRefusedElsewhereAndKeepsTheirToken() throws IOException {
        Setting setting = new Setting();
        AtomicReference<AccountId> only = new AtomicReference<>(new AccountId("nobody"));
        setting.places = TestGate.onlyAtHome(only::get, List.of());
        try (TestGate gate = new TestGate(setting)) {
            passes(gate, gate.request("GET", "/api/states"));
            only.set(gate.ada.id());
            int before = gate.home.received().length();

            assertThat(ask(gate, gate.request("GET", "/api/states")).status()).isEqualTo(403);
            assertThat(ask(gate, TestGate.anonymous("GET", CAMERA, session(gate))).status())
                    .isEqualTo(403);
            assertThat(gate.home.received()).hasSize(before);
        }
        setting.places =
                TestGate.onlyAtHome(only::get, List.of(Cidr.parse("127.0.0.0/8").orElseThrow()));
        try (TestGate gate = new TestGate(setting)) {
            only.set(gate.ada.id());

            passes(gate, gate.request("GET", "/api/states"));
        }
    }

    @Test
    void voiceTakesABearerAndNothingElse() throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("POST", "/api/google_assistant", session(gate)), 401);
            passes(gate, gate.request("POST", "/api/google_assistant", "Content-Length: 0"));
        }
    }

    @Test
    void anIntegrationsCallbackSendsABrowserToTheSignIn() throws IOException {
        String path = "/auth/external/callback?state=a%26b";
        try (TestGate gate = new TestGate()) {
            RawClient.Answer answer =
                    ask(
                            gate,
                            TestGate.anonymous(
                                    "GET", path, "Accept: text/html", "Sec-Fetch-Mode: navigate"));

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("location"))
                    .contains(
                            "https://home.example/auth/vestibule/sign-in"
                                    + "?next=%2Fauth%2Fexternal%2Fcallback%3Fstate%3Da%2526b");
            refuses(gate, TestGate.anonymous("GET", path), 401);
            passes(gate, TestGate.anonymous("GET", path, session(gate)));
        }
    }
}
