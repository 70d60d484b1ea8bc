package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.Defaults;
import dev.vestibule.config.OpenWebhookConfig;
import dev.vestibule.config.OpenWebhookConfig.WebhookOrigin;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.network.Cidr;
import dev.vestibule.policy.Webhooks.Judgement;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Webhooks of automations, which are open where the operator lists them and nowhere else.
class OpenWebhookTest {

    private static final String DOORBELL = "a-long-random-doorbell-id";

    private static TestGate gate(WebhookOrigin from, Set<String> methods, List<Cidr> lan) {
        Setting setting = new Setting();
        setting.lan = lan;
        setting.routes =
                new RoutesConfig(
                        Defaults.ROUTES.shell(),
                        Defaults.ROUTES.publicFiles(),
                        Defaults.ROUTES.capability(),
                        List.of(new OpenWebhookConfig(new Secret(DOORBELL), methods, from)),
                        RequireUpstreamConfig.NOTHING);
        return new TestGate(setting);
    }

    private static RawClient.Answer call(TestGate gate, String method, String id, String... more)
            throws IOException {
        try (RawClient client = gate.connect()) {
            return client.send(TestGate.anonymous(method, "/api/webhook/" + id, more)).read();
        }
    }

    private static void isForbidden(TestGate gate, String method, String id, String... more)
            throws IOException {
        assertThat(call(gate, method, id, more).status()).as(id).isEqualTo(403);
        assertThat(gate.home.received()).isEmpty();
    }

    @Test
    void aListedWebhookIsOpenToWhoeverKnowsItsId() throws IOException {
        try (TestGate gate = gate(WebhookOrigin.ANYWHERE, Set.of("POST"), List.of())) {
            assertThat(call(gate, "POST", DOORBELL, "Content-Length: 0").body()).isEqualTo("ok");
            assertThat(gate.home.received()).contains("POST /api/webhook/" + DOORBELL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-long-random-doorbell-i",
                "a-long-random-doorbell-idx",
                "A-LONG-RANDOM-DOORBELL-ID",
                "other",
                "%61-long-random-doorbell",
            })
    void everyOtherIdIsForbiddenAndLeavesNoByte(String id) throws IOException {
        try (TestGate gate = gate(WebhookOrigin.ANYWHERE, Set.of("POST"), List.of())) {
            isForbidden(gate, "POST", id, "Content-Length: 0");
        }
    }

    @Test
    void aMethodThatIsNotListedIsForbidden() throws IOException {
        try (TestGate gate = gate(WebhookOrigin.ANYWHERE, Set.of("POST"), List.of())) {
            isForbidden(gate, "GET", DOORBELL);
            isForbidden(gate, "PUT", DOORBELL, "Content-Length: 0");
        }
        try (TestGate gate = gate(WebhookOrigin.ANYWHERE, Set.of("GET"), List.of())) {
            assertThat(call(gate, "GET", DOORBELL).body()).isEqualTo("ok");
        }
    }

    @Test
    void aWebhookForTheLanIsForbiddenFromEverywhereElse() throws IOException {
        Cidr loopback = Cidr.parse("127.0.0.0/8").orElseThrow();
        try (TestGate gate = gate(WebhookOrigin.LAN, Set.of("POST"), List.of())) {
            isForbidden(gate, "POST", DOORBELL, "Content-Length: 0");
        }
        try (TestGate gate = gate(WebhookOrigin.LAN, Set.of("POST"), List.of(loopback))) {
            isForbidden(gate, "POST", DOORBELL, "Content-Length: 0", "X-Forwarded-For: 127.0.0.1");
            assertThat(call(gate, "POST", DOORBELL, "Content-Length: 0").body()).isEqualTo("ok");
        }
    }

    @Test
    void phonesAreJudgedAsEver() throws IOException {
        Setting setting = new Setting();
        setting.webhooks = (home, id) -> id.equals("phone") ? Judgement.OPEN : Judgement.REFUSED;
        setting.routes =
                new RoutesConfig(
                        Defaults.ROUTES.shell(),
                        Defaults.ROUTES.publicFiles(),
                        Defaults.ROUTES.capability(),
                        List.of(
                                new OpenWebhookConfig(
                                        new Secret(DOORBELL),
                                        Set.of("POST"),
                                        WebhookOrigin.ANYWHERE)),
                        RequireUpstreamConfig.NOTHING);
        try (TestGate gate = new TestGate(setting)) {
            isForbidden(gate, "POST", "nobody", "Content-Length: 0");
            assertThat(call(gate, "POST", "phone", "Content-Length: 0").body()).isEqualTo("ok");
        }
    }
}
