package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.OpenWebhookConfig;
import dev.vestibule.config.OpenWebhookConfig.WebhookOrigin;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.connection.Cut;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// The operator takes the gateway away while requests are under way.
class LeftHouseTest {

    private static final String WATCHING =
            "GET /api/camera_proxy_stream/camera.door HTTP/1.1\r\nHost: "
                    + TestGate.HOST
                    + "\r\nAuthorization: Bearer of-before\r\n\r\n";

    private final Setting setting = new Setting();

    private void shut() {
        setting.unowned.end(Cut.INTERRUPTED);
    }

    private static LiveGrant adas(TestGate gate) {
        return gate.facts.grants.recognise(TestFacts.HOME, "access-ada").orElseThrow();
    }

    /// Attack, or bad luck: the token is older than the gateway, and Home Assistant is asked about
    /// it; what is open is cut meanwhile, and this is not open yet.
    @Test
    void whoeverIsStillJudgedWhenTheDoorIsShutIsNotLetThrough() throws IOException {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        AtomicReference<TestGate> house = new AtomicReference<>();
        setting.judge =
                (_, _, _) -> {
                    isAsked.countDown();
                    Until.holds(() -> mayAnswer.getCount() == 0);
                    return new TokenJudgement.Live(adas(house.get()));
                };
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            house.set(gate);
            client.send(WATCHING);
            Until.holds(() -> isAsked.getCount() == 0);

            shut();
            mayAnswer.countDown();

            assertThat(client.read().status()).isEqualTo(503);
            assertThat(gate.home.received()).isEmpty();
        }
    }

    /// No end of anybody's access would ever cut it off.
    @Test
    void whatNobodyInParticularHasOpenIsCut() throws IOException {
        setting.routes =
                new RoutesConfig(
                        Defaults.ROUTES.shell(),
                        Defaults.ROUTES.publicFiles(),
                        Defaults.ROUTES.capability(),
                        List.of(
                                new OpenWebhookConfig(
                                        new Secret("doorbell"),
                                        Set.of("POST"),
                                        WebhookOrigin.ANYWHERE)),
                        RequireUpstreamConfig.NOTHING);
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
                        // Until the gateway has had enough.
                        var _ = connection.read();
                    });
            client.send(TestGate.anonymous("POST", "/api/webhook/doorbell", "Content-Length: 0"));
            assertThat(client.readHead()).contains("200");

            shut();

            assertThat(client.readRest()).isEmpty();
        }
    }
}
