package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.RawClient.Answer;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;
import dev.vestibule.store.Database;
import dev.vestibule.store.TestDatabase;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// What the door itself refuses below `/scim/v2` is said in SCIM's form (RFC 7644 section 3.12).
class ScimRefusalsTest {

    private static Answer ask(TestGate gate, String request) throws IOException {
        try (RawClient client = gate.connect()) {
            return client.trySend(request).read();
        }
    }

    private static Answer expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).contains("application/scim+json");
        assertThat(answer.body())
                .contains("api:messages:2.0:Error\"],\"status\":\"" + status + "\"")
                .contains("\"detail\":\"");
        return answer;
    }

    @Test
    void aBodyThatIsTooLarge() throws IOException {
        try (TestGate gate = new TestGate()) {
            String head = TestGate.anonymous("POST", "/scim/v2/Users", "Content-Length: 1048577");

            expect(413, ask(gate, head));
            assertThat(gate.seenByHandlers).isEmpty();
        }
    }

    @Test
    void anAddressThatCanBeReadInTwoWays() throws IOException {
        try (TestGate gate = new TestGate()) {
            expect(400, ask(gate, TestGate.anonymous("GET", "/scim/v2/Users/%2e%2e/Groups")));
            expect(400, ask(gate, TestGate.anonymous("GET", "/scim/v2/Users/a%2fb")));
            expect(400, ask(gate, TestGate.anonymous("GET", "/scim/v2//Users")));
            assertThat(gate.seenByHandlers).isEmpty();
        }
    }

    @Test
    void headersThatCanBeReadInTwoWays() throws IOException {
        try (TestGate gate = new TestGate()) {
            expect(
                    400,
                    ask(
                            gate,
                            TestGate.anonymous(
                                    "GET",
                                    "/scim/v2/Users",
                                    "Authorization: Bearer a",
                                    "Authorization: Bearer b")));
            expect(
                    400,
                    ask(
                            gate,
                            TestGate.anonymous(
                                    "POST",
                                    "/scim/v2/Users",
                                    "Content-Length: 2",
                                    "Transfer-Encoding: chunked")));
            assertThat(gate.seenByHandlers).isEmpty();
        }
    }

    @Test
    void aMethodThatNobodyServes() throws IOException {
        try (TestGate gate = new TestGate()) {
            Answer answer = expect(405, ask(gate, TestGate.anonymous("TRACE", "/scim/v2/Users")));

            assertThat(answer.header("allow"))
                    .hasValueSatisfying(
                            allowed ->
                                    assertThat(allowed).contains("PATCH").doesNotContain("TRACE"));
        }
    }

    @Test
    void aBugOfOursWithANumberToAskFor() throws IOException {
        Setting setting = new Setting();
        setting.handler =
                request -> {
                    throw new IllegalStateException("secret cause");
                };
        try (TestGate gate = new TestGate(setting)) {
            Answer answer = expect(500, ask(gate, TestGate.anonymous("GET", "/scim/v2/Users")));

            assertThat(answer.body())
                    .contains(gate.seenByHandlers.getFirst().id())
                    .doesNotContain("secret");
        }
    }

    @Test
    void aDatabaseThatIsAway() throws IOException {
        TestDatabase files = new TestDatabase();
        Database closed = files.database();
        files.close();
        Setting setting = new Setting();
        setting.handler = request -> closed.read(handle -> Response.text(200, "unreachable"));
        try (TestGate gate = new TestGate(setting)) {
            Answer answer = expect(503, ask(gate, TestGate.anonymous("GET", "/scim/v2/Users")));

            assertThat(answer.header("retry-after")).contains("5");
        }
    }

    @Test
    void tooMuchAtOnce() throws IOException {
        Setting setting = new Setting();
        setting.workers = 0;
        try (TestGate gate = new TestGate(setting)) {
            Answer answer = expect(503, ask(gate, TestGate.anonymous("GET", "/scim/v2/Users")));

            assertThat(answer.header("retry-after")).contains("1");
        }
    }

    @Test
    void otherPathsAreAnsweredAsBefore() throws IOException {
        try (TestGate gate = new TestGate()) {
            Answer page = ask(gate, TestGate.anonymous("GET", "/scim/v2x"));

            assertThat(page.header("content-type").orElse("")).doesNotContain("scim");
        }
    }
}
