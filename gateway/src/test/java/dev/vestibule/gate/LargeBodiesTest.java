package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.gate.RawClient.Answer;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;
import dev.vestibule.network.Cidr;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bodies of up to a megabyte are for those who are known, and not for all at once.
class LargeBodiesTest {

    private static final int MEGABYTE = 1024 * 1024;

    private static Setting refusingStrangers() {
        Setting setting = new Setting();
        setting.guard =
                head ->
                        head.headers().single("authorization").isPresent()
                                ? Optional.empty()
                                : Optional.of(Response.text(401, "who are you"));
        setting.handler = request -> Response.text(200, "took " + request.body().length);
        return setting;
    }

    private static String known(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: Bearer x");
        return TestGate.anonymous("POST", "/scim/v2/Users", all.toArray(String[]::new));
    }

    @Test
    void whoeverIsKnownIsHeard() throws IOException {
        try (TestGate gate = new TestGate(refusingStrangers());
                RawClient client = gate.connect()) {
            client.send(known("Content-Length: " + MEGABYTE)).send("x".repeat(MEGABYTE));

            assertThat(client.read().body()).isEqualTo("took " + MEGABYTE);
            client.send(known("Transfer-Encoding: chunked")).send("2\r\nab\r\n0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("took 2");
            client.send(known("Content-Length: 100000", "Expect: 100-continue"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 100");
            client.send("x".repeat(100_000));
            assertThat(client.read().body()).isEqualTo("took 100000");
        }
    }

    @Test
    void aStrangerIsAnsweredBeforeTheirBodyIsTakenIn() throws IOException {
        for (String framing : List.of("Content-Length: 1048576", "Transfer-Encoding: chunked")) {
            try (TestGate gate = new TestGate(refusingStrangers());
                    RawClient client = gate.connect()) {
                client.send(TestGate.anonymous("POST", "/scim/v2/Users", framing));

                Answer answer = client.read();

                assertThat(answer.status()).isEqualTo(401);
                assertThat(gate.seenByHandlers).isEmpty();
            }
        }
    }

    @Test
    void moreThanThereIsMemoryForIsRefusedToWhoeverHasMostUntilTheyAreDone() throws IOException {
        Setting setting = refusingStrangers();
        setting.trustedProxies = List.of(Cidr.parse("127.0.0.1").orElseThrow());
        try (TestGate gate = new TestGate(setting)) {
            List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                RawClient client = gate.connect();
                slow.add(client);
                client.trySend(known("Content-Length: " + MEGABYTE) + "x".repeat(MEGABYTE - 1));
            }
            Eventually.await(() -> gate.heldBodyBytesLeft() < MEGABYTE);
            try (RawClient more = gate.connect()) {
                more.trySend(known("Content-Length: " + MEGABYTE) + "x".repeat(MEGABYTE - 1));
                Answer refused = more.read();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isPresent();
            }
            try (RawClient other = gate.connect()) {
                other.send(known("Content-Length: " + MEGABYTE, "X-Forwarded-For: 192.0.2.9"))
                        .send("x".repeat(MEGABYTE));
                assertThat(other.read().body()).isEqualTo("took " + MEGABYTE);
            }

            for (RawClient client : slow) {
                client.close();
            }
            Eventually.await(() -> gate.heldBodyBytesLeft() > 15 * MEGABYTE);
            try (RawClient again = gate.connect()) {
                again.send(known("Content-Length: " + MEGABYTE) + "x".repeat(MEGABYTE));
                assertThat(again.read().body()).isEqualTo("took " + MEGABYTE);
            }
        }
    }
}
