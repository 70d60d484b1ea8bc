package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.NewToken;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.DeprovisioningControl;
import dev.vestibule.cli.DeprovisioningControl.HoldLine;
import dev.vestibule.testhouse.visitor.ScimVisitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An identity system that sends everybody away at once, through a whole gateway.
class MassDeprovisioningTest {

    private static final int PEOPLE = 10;

    private final TestHouse house = new TestHouse();
    private final ScimVisitor okta = client("okta");
    private final List<String> ids = new ArrayList<>();

    @AfterEach
    void close() {
        okta.close();
        house.close();
    }

    private ScimVisitor client(String name) {
        ControlOutcome added = house.gateway().commands().scimClients().add(name, "", List.of());
        return switch (added) {
            case NewToken(var token, var _) ->
                    new ScimVisitor(house.at("/scim/v2"), token.reveal());
            case Done other -> throw new AssertionError(other);
            case Refused other -> throw new AssertionError(other);
        };
    }

    private DeprovisioningControl deprovisioning() {
        return house.gateway().commands().deprovisioning();
    }

    /// @return the id of the group that gives all of them their role
    private String sendPeople() {
        for (int i = 0; i < PEOPLE; i++) {
            ids.add(okta.post("/Users", "{\"userName\":\"p" + i + "\",\"active\":true}").id());
        }
        String members =
                ids.stream()
                        .map(id -> "{\"value\":\"" + id + "\"}")
                        .collect(Collectors.joining(","));
        return okta.post("/Groups", "{\"displayName\":\"family\",\"members\":[" + members + "]}")
                .id();
    }

    private int disable(int number) {
        return okta.patch(
                        "/Users/" + ids.get(number),
                        "{\"op\":\"replace\",\"value\":{\"active\":false}}")
                .status();
    }

    private List<Integer> inside() {
        return IntStream.range(0, PEOPLE)
                .filter(number -> house.account("p" + number).isActive())
                .boxed()
                .toList();
    }

    /// The hold is written when the request has been answered.
    private HoldLine hold() {
        Eventually.await(() -> !deprovisioning().list().isEmpty());
        assertThat(deprovisioning().list()).hasSize(1);
        return deprovisioning().list().getFirst();
    }

    @Test
    void whoIsTooManyStaysUntilAnOperatorAllowsIt() {
        sendPeople();
        assertThat(IntStream.range(0, 4).map(this::disable)).containsOnly(200);
        assertThat(IntStream.range(4, 10).map(this::disable)).containsOnly(503);

        assertThat(inside()).containsExactly(4, 5, 6, 7, 8, 9);
        Eventually.await(() -> hold().leaving().equals("10 of 10"));
        assertThat(hold().source()).isEqualTo("scim:okta");
        assertThat(hold().state()).isEqualTo("held");
        assertThat(hold().waiting()).isEqualTo("p4, p5, p6, p7, p8 and 1 more");
        assertThat(house.isAudited("DeprovisioningHeld")).isTrue();
        assertThat(okta.get("/Users/" + ids.get(4)).json().path("active").asBoolean()).isTrue();

        assertThat(deprovisioning().allow("okta")).isInstanceOf(Done.class);
        assertThat(IntStream.range(4, 10).map(this::disable)).containsOnly(200);
        assertThat(inside()).isEmpty();
        assertThat(hold().state()).isEqualTo("allowed");
    }

    @Test
    void theGroupOfEverybodyIsNotDeletedWithoutBeingAsked() {
        String family = sendPeople();

        assertThat(okta.delete("/Groups/" + family).status()).isEqualTo(503);

        assertThat(okta.get("/Groups/" + family).json().path("members")).hasSize(PEOPLE);
        Eventually.await(() -> hold().leaving().equals("10 of 10"));
        assertThat(deprovisioning().dismiss("scim:okta")).isInstanceOf(Done.class);
        assertThat(deprovisioning().list()).isEmpty();
        assertThat(disable(0)).isEqualTo(200);
    }

    @Test
    void aHoldSurvivesARestart() {
        sendPeople();
        IntStream.range(0, 5).forEach(this::disable);
        hold();

        house.restartGateway();

        assertThat(disable(9)).isEqualTo(503);
        assertThat(hold().source()).isEqualTo("scim:okta");
    }

    @Test
    void otherClientsGoOn() {
        sendPeople();
        IntStream.range(0, 5).forEach(this::disable);

        try (ScimVisitor entra = client("entra")) {
            String id = entra.post("/Users", "{\"userName\":\"yan\",\"active\":true}").id();
            assertThat(entra.delete("/Users/" + id).status()).isEqualTo(204);
        }
    }

    @Test
    void aSourceIsNamedUnmistakably() {
        try (ScimVisitor _ = client("op")) {
            assertThat(deprovisioning().allow("op"))
                    .isEqualTo(
                            new Refused(
                                    "There are scim:op and provider:op. Write which. Nothing was"
                                            + " changed."));
            assertThat(deprovisioning().allow("nobody"))
                    .isEqualTo(
                            new Refused(
                                    "Nobody 'nobody' sends people away. There are: scim:okta,"
                                            + " scim:op, provider:op. Nothing was changed."));
            assertThat(deprovisioning().dismiss("provider:op")).isInstanceOf(Refused.class);
            assertThat(deprovisioning().allow("provider:op")).isInstanceOf(Done.class);
            assertThat(deprovisioning().dismiss("provider:op")).isInstanceOf(Done.class);
        }
    }
}
