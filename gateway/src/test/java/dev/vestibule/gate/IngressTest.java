package dev.vestibule.gate;

import static dev.vestibule.gate.Passing.ask;
import static dev.vestibule.gate.Passing.passes;
import static dev.vestibule.gate.Passing.refuses;
import static dev.vestibule.gate.Passing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.gate.TestGate.Setting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Pages of add-ons ask for a session here and for the add-on's, and that is one person's.
class IngressTest {

    @Test
    void ingressAsksForBothCookies() throws IOException {
        String path = "/api/hassio_ingress/token/page";
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("GET", path, session(gate)), 401);
            refuses(gate, TestGate.anonymous("GET", path, "Cookie: ingress_session=stolen"), 401);
            refuses(
                    gate,
                    TestGate.anonymous(
                            "POST",
                            path,
                            session(gate) + "; ingress_session=a",
                            "Origin: https://evil.example"),
                    403);
            passes(gate, TestGate.anonymous("GET", path, session(gate) + "; ingress_session=a"));
            assertThat(gate.home.received()).contains("cookie: ingress_session=a\r\n");
        }
    }

    /// Attack: somebody who is no administrator any more goes on in an add-on's page.
    @Test
    void whoeverMayLessWaitsWithTheirSessionTooUntilHomeAssistantKnows() throws IOException {
        try (TestGate gate = new TestGate()) {
            gate.facts.accounts.hold(gate.ada.id(), TestFacts.HOME);
            for (String path :
                    List.of(
                            "/api/hassio_ingress/token/page",
                            "/local/card.js",
                            "/auth/external/callback")) {
                refuses(
                        gate,
                        TestGate.anonymous("GET", path, session(gate) + "; ingress_session=a"),
                        503);
            }
        }
    }

    /// A12: whatever else than its one spelling the Supervisor would take for its cookie.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ingress_session=\"of-ada\"",
                "ingress_session=of-ada x",
                "ingress_session=own; ingress_session =of-ada",
                "ingress_session=own; a=b ingress_session=of-ada",
                "ingress_session=own; a=b\tingress_session = of-ada",
                "a=\"; ingress_session=own; \" ingress_session=of-ada"
            })
    void anAddOnsSessionIsNotSpelledAround(String cookies) throws IOException {
        String path = "/api/hassio_ingress/token/page";
        try (TestGate gate = new TestGate()) {
            Account ben = gate.facts.admit("ben");
            passes(
                    gate,
                    TestGate.anonymous("GET", path, session(gate) + "; ingress_session=of-ada"));
            int before = gate.home.received().length();

            ask(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            path,
                            "Cookie: __Host-vestibule="
                                    + gate.facts.begin(ben).cookie().reveal()
                                    + "; "
                                    + cookies));

            assertThat(gate.home.received().substring(before)).doesNotContain("of-ada");
        }
    }

    /// A12: the Supervisor looks whether it made the session, not for whom.
    @Test
    void anAddOnsSessionIsOfWhoeverUsedItFirst() throws IOException {
        String path = "/api/hassio_ingress/token/page";
        try (TestGate gate = new TestGate()) {
            Account ben = gate.facts.admit("ben");
            String guest =
                    "Cookie: __Host-vestibule="
                            + gate.facts.begin(ben).cookie().reveal()
                            + "; ingress_session=of-ada";
            passes(
                    gate,
                    TestGate.anonymous("GET", path, session(gate) + "; ingress_session=of-ada"));
            int before = gate.home.received().length();

            assertThat(ask(gate, TestGate.anonymous("GET", path, guest)).status()).isEqualTo(403);
            assertThat(gate.home.received()).hasSize(before);

            passes(
                    gate,
                    TestGate.anonymous("GET", path, session(gate) + "; ingress_session=of-ada"));
        }
    }

    /// Attack: a guest who may not come in from there takes an administrator's session for theirs.
    @Test
    void whoeverIsRefusedDoesNotBecomeTheOwnerOfAnAddOnsSession() throws IOException {
        String path = "/api/hassio_ingress/token/page";
        Setting setting = new Setting();
        AtomicReference<AccountId> only = new AtomicReference<>(new AccountId("nobody"));
        setting.places = TestGate.onlyAtHome(only::get, List.of());
        try (TestGate gate = new TestGate(setting)) {
            Account ben = gate.facts.admit("ben");
            only.set(ben.id());
            String guest =
                    "Cookie: __Host-vestibule="
                            + gate.facts.begin(ben).cookie().reveal()
                            + "; ingress_session=of-ada";
            refuses(gate, TestGate.anonymous("GET", path, guest), 403);

            passes(
                    gate,
                    TestGate.anonymous("GET", path, session(gate) + "; ingress_session=of-ada"));
        }
    }
}
