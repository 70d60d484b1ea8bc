package dev.vestibule.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.TestFacts;
import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.admission.Decoys;
import dev.vestibule.admission.HomeTurns;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.Headers;
import dev.vestibule.local.HomeLogins.Attempt;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.visit.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Logins at two homes of one gateway, whose Home Assistants take everybody for the gateway.
class HomeLoginsTest {

    private static final HomeId LAKE_HOUSE = new HomeId("lake-house");
    private static final InetAddress SOMEWHERE = InetAddress.ofLiteral("203.0.113.9");
    private static final NetworkConfig NETWORK = new NetworkConfig(List.of(), List.of());
    private static final String CLIENT_ID = "https://home.example/";

    private final TestFacts facts = new TestFacts();
    private final ScriptedHomeAssistant slow = start();
    private final ScriptedHomeAssistant quick = start();
    private final HomeAssistant atSlow = connect(slow);
    private final HomeAssistant atQuick = connect(quick);
    private final HomeLogins logins =
            new HomeLogins(
                    facts.clock,
                    NETWORK,
                    new Decoys(facts.secrets, NETWORK),
                    new HomeTurns(),
                    new AuthorizationCodeStore(
                            facts.clock,
                            facts.secrets,
                            facts.database,
                            facts.sealer,
                            facts.grants));

    private static ScriptedHomeAssistant start() {
        return ScriptedHomeAssistant.start(
                HomeOptions.defaults().withForwardedHeadersTrusted(false));
    }

    private HomeAssistant connect(ScriptedHomeAssistant to) {
        HomeAssistant home =
                new HomeAssistant(
                        facts.clock,
                        new HomeAssistantConfig(
                                to.url(), new Secret(to.administratorToken()), List.of()));
        home.start();
        home.awaitFirstAttempt(Duration.ofSeconds(30));
        return home;
    }

    @AfterEach
    void close() {
        atQuick.close();
        atSlow.close();
        quick.close();
        slow.close();
        facts.close();
    }

    private LoginOutcome guess(HomeAssistant home, HomeId id) {
        Visitor visitor =
                new Visitor(
                        id,
                        new Origin("https", "home.example", 443),
                        new ClientAddress.Known(SOMEWHERE),
                        ClientCertificate.NONE,
                        SOMEWHERE,
                        new Headers(List.of()),
                        "ref-1");
        return logins.begin(
                home, visitor, new Attempt("greta", new Secret("a guess"), CLIENT_ID, CLIENT_ID));
    }

    @Test
    void aHomeAssistantThatDoesNotAnswerHoldsUpNoOtherHome() {
        slow.faults().hang("/auth/login_flow");
        slow.record().clear();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> waiting = () -> outcomeAtTheSlowOne();
            Future<Object> first = threads.submit(waiting);
            Eventually.await(() -> slow.record().contains("/auth/login_flow"));

            assertThat(guess(atQuick, LAKE_HOUSE)).isInstanceOf(LoginOutcome.Wrong.class);

            assertThat(first.isDone()).isFalse();
        }
    }

    private Object outcomeAtTheSlowOne() {
        try {
            return guess(atSlow, TestFacts.HOME);
        } catch (HomeAssistantUnavailable away) {
            return away;
        }
    }
}
