package dev.vestibule.homeassistant;

import static dev.vestibule.homeassistant.ScriptedTie.CLIENT;
import static dev.vestibule.homeassistant.ScriptedTie.CLIENT_ID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.RecordedRequest;

import org.junit.jupiter.api.Test;

import java.util.List;

class ForwardingProbeTest {

    private static final HomeOptions TRUSTING =
            HomeOptions.defaults().withForwardedHeadersTrusted(true);

    @Test
    void aHouseThatTrustsTheGatewayIsToldWhoComes() {
        try (var house = new ScriptedTie(TRUSTING).connected()) {
            assertThat(house.tie.forwarded()).isInstanceOf(ForwardedHeaders.Accepted.class);

            assertThat(named(house)).containsExactly(CLIENT.getHostAddress());
        }
    }

    @Test
    void aHouseThatAnswersTheHeaderWith400NeverGetsItAgain() {
        try (var house = new ScriptedTie().connected()) {
            assertThat(house.tie.forwarded()).isInstanceOf(ForwardedHeaders.NotConfigured.class);

            assertThat(named(house)).isEmpty();
        }
    }

    /// Attack: in the moment in which nothing is known yet, a person who may come from the house
    /// only would be taken for the gateway, which is at home.
    @Test
    void nobodyIsServedBeforeItIsKnownWhetherTheyMustBeNamed() {
        try (var house = new ScriptedTie(TRUSTING)) {
            assertThat(house.tie.forwarded()).isInstanceOf(ForwardedHeaders.Unknown.class);

            assertThat(named(house)).containsExactly(CLIENT.getHostAddress());
        }
    }

    @Test
    void whileItCannotBeAskedNobodyIsServed() {
        try (var house = new ScriptedTie(TRUSTING)) {
            house.home.faults().answer("/auth/providers", 403);
            house.home.record().clear();

            assertThatThrownBy(() -> refresh(house)).isInstanceOf(HomeAssistantUnavailable.class);

            assertThat(house.home.record().requests())
                    .extracting(RecordedRequest::target)
                    .containsOnly("/auth/providers");
        }
    }

    @Test
    void aHouseThatNobodyHasSetUpIsAskedAllTheSame() {
        try (var house = new ScriptedTie(TRUSTING.withOnboarded(false))) {
            assertThat(named(house)).containsExactly(CLIENT.getHostAddress());
        }
    }

    private static List<String> named(ScriptedTie house) {
        house.home.record().clear();
        refresh(house);
        return house.home.record().requests().stream()
                .filter(request -> request.target().equals("/auth/token"))
                .flatMap(request -> request.headers("X-Forwarded-For").stream())
                .toList();
    }

    private static void refresh(ScriptedTie house) {
        house.tie.tokens().refresh(new Secret("unknown"), CLIENT_ID, CLIENT);
    }
}
