package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.policy.CapabilityTokens.Kind;
import dev.vestibule.revocation.Cause;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// F5: what somebody watches when they are shut out ends, however they came to it.
class RevocationAttackTest {

    private static final String STREAM = "/api/camera_proxy_stream/camera.door?token=learned";
    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "192.0.2.1");

    private final CountDownLatch goesOn = new CountDownLatch(1);

    /// A home whose camera shows a frame, and another when the test says so.
    private TestGate house() {
        Setting setting = new Setting();
        setting.capabilities =
                (home, kind, id, token) -> kind == Kind.ENTITY_PICTURE && token.equals("learned");
        TestGate gate = new TestGate(setting);
        gate.home.answersBy(
                connection -> {
                    connection.readHead();
                    connection.write(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nframe\r\n");
                    awaitQuietly(goesOn);
                    connection.write("4\r\nmore\r\n");
                    connection.readHead();
                });
        return gate;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RawClient watch(TestGate gate, String... headers) throws IOException {
        RawClient client = gate.connect();
        client.send(TestGate.anonymous("GET", STREAM, headers));
        assertThat(client.readHead()).startsWith("HTTP/1.1 200");
        assertThat(client.readLine()).isEqualTo("5");
        assertThat(client.readLine()).isEqualTo("frame");
        return client;
    }

    @Test
    void aCameraThatIsWatchedByItsTokenEndsWithTheAccessOfWhoeverWatches() throws IOException {
        try (TestGate gate = house();
                RawClient client =
                        watch(gate, "Cookie: __Host-vestibule=" + gate.session.cookie().reveal())) {
            assertThat(gate.session.session().connections().count()).isEqualTo(1);

            gate.facts.sessionLifecycle.endSession(gate.session.session(), CAUSE);

            assertThat(client.readRest()).doesNotContain("0\r\n");
        }
    }

    /// The judgement is old by the time that something is done about it.
    @Test
    void whoeverIsShutOutAfterTheyWereJudgedReachesNothing() throws IOException {
        AtomicReference<TestGate> house = new AtomicReference<>();
        Setting setting = new Setting();
        setting.judge =
                (home, token, from) -> {
                    TestGate gate = Objects.requireNonNull(house.get());
                    gate.facts.lifecycle.suspend(gate.ada.id(), SuspendedBy.OPERATOR, CAUSE);
                    return new TokenJudgement.Live(gate.grant.grant());
                };
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            house.set(gate);
            client.send(
                    TestGate.anonymous(
                            "GET", "/api/config", "Authorization: Bearer not-yet-known"));

            assertThat(client.read().status()).isEqualTo(401);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void whoeverWatchesByATokenAloneIsCutWhenAnybodyIsShutOut() throws IOException {
        try (TestGate gate = house();
                RawClient client = watch(gate)) {
            gate.facts.lifecycle.suspend(gate.ada.id(), SuspendedBy.OPERATOR, CAUSE);

            assertThat(client.readRest()).doesNotContain("0\r\n");
        }
    }

    @Test
    void theEndOfOneSessionLeavesOthersWatching() throws IOException {
        try (TestGate gate = house();
                RawClient client = watch(gate)) {
            gate.facts.sessionLifecycle.endSession(gate.session.session(), CAUSE);

            goesOn.countDown();
            assertThat(client.readLine()).isEqualTo("4");
            assertThat(client.readLine()).isEqualTo("more");
        }
    }
}
