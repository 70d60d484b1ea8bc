package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.Role;
import dev.vestibule.connection.Cut;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.policy.CapabilityTokens.Kind;
import dev.vestibule.policy.Webhooks.Judgement;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.webhook.WebhookClosing;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// F5: what somebody watches when they are shut out ends, however they came to it.
class RevocationAttackTest {

    private static final String STREAM = "/api/camera_proxy_stream/camera.door?token=learned";
    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "192.0.2.1");

    private static final Secret PHONE = new Secret("the-id-of-a-phone");
    private static final String HALF = "{\"open\":";

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

    /// The token is looked up in memory, and what is true of it may end at that moment.
    @Test
    void whoeverIsShutOutWhileTheirTokenIsLookedUpReachesNothing() throws IOException {
        AtomicReference<TestGate> house = new AtomicReference<>();
        Setting setting = new Setting();
        setting.capabilities =
                (home, kind, id, token) -> {
                    Objects.requireNonNull(house.get()).facts.crowd.cut(Cut.SUSPENDED);
                    return true;
                };
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            house.set(gate);
            client.send(TestGate.anonymous("GET", STREAM));

            assertThat(client.read().status()).isEqualTo(503);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    /// Begins to call the webhook of Ada's phone, so that half of it is at Home Assistant.
    private static RawClient call(TestGate gate) {
        gate.facts.webhooks.learn(TestFacts.HOME, PHONE, gate.ada.id());
        RawClient client = gate.connect();
        client.send(
                TestGate.anonymous("POST", "/api/webhook/" + PHONE.reveal(), "Content-Length: 12")
                        + HALF);
        Until.holds(() -> gate.home.received().endsWith(HALF));
        return client;
    }

    private static void assertCut(TestGate gate, RawClient client) {
        assertThat(client.readRest()).isEmpty();
        assertThat(gate.home.received()).endsWith(HALF);
    }

    @Test
    void aWebhookThatIsBeingCalledEndsWithItsPersonsAccess() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = call(gate)) {
            gate.facts.lifecycle.suspend(gate.ada.id(), SuspendedBy.OPERATOR, CAUSE);

            assertCut(gate, client);
        }
    }

    @Test
    void aWebhookThatIsBeingCalledEndsWhenItIsClosed() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = call(gate)) {
            new WebhookClosing(gate.facts.database, gate.facts.webhooks, gate.facts.audit)
                    .close(TestFacts.HOME, TokenHash.of(PHONE).hex(), "console", "192.0.2.1");

            assertCut(gate, client);
        }
    }

    @Test
    void aWebhookThatIsBeingCalledEndsWhenItsPersonMayLess() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = call(gate)) {
            Role role = Role.VIEWER;
            gate.facts.database.inTransaction(
                    tx ->
                            gate.facts.lifecycle.changeRole(
                                    tx, gate.ada.id(), TestFacts.HOME, role, CAUSE),
                    Ended::cut);

            assertCut(gate, client);
        }
    }

    @Test
    void aWebhookThatWasJudgedOpenAndIsClosedThenReachesNothing() throws IOException {
        AtomicReference<TestGate> house = new AtomicReference<>();
        Setting setting = new Setting();
        setting.webhooks =
                (home, id) -> {
                    TestGate gate = Objects.requireNonNull(house.get());
                    gate.facts.lifecycle.suspend(gate.ada.id(), SuspendedBy.OPERATOR, CAUSE);
                    return Judgement.OPEN;
                };
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            house.set(gate);
            client.send(TestGate.anonymous("POST", "/api/webhook/phone", "Content-Length: 0"));

            assertThat(client.read().status()).isEqualTo(503);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void signingOutEverywhereLeavesPhonesCalling() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = call(gate)) {
            gate.facts.lifecycle.signOutEverywhere(gate.ada.id(), CAUSE);

            client.send("1  }");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }
}
