package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.NewToken;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.ScimClientControl;
import dev.vestibule.cli.ScimClientControl.ScimTokenLine;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.testhouse.visitor.ScimVisitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;

/// What an operator says about identity systems, through a whole gateway.
class ScimClientOrdersTest {

    private static ScimClientControl clients(GatewayHouse house) {
        return house.gateway().commands().scimClients();
    }

    private static ScimVisitor visitor(GatewayHouse house, ControlOutcome outcome) {
        return switch (outcome) {
            case NewToken(var token, var _) ->
                    new ScimVisitor(house.at("/scim/v2"), token.reveal());
            case Done other -> throw new AssertionError(other);
            case Refused other -> throw new AssertionError(other);
        };
    }

    private static int status(GatewayHouse house, ControlOutcome outcome) {
        try (ScimVisitor visitor = visitor(house, outcome)) {
            return visitor.get("/Users").status();
        }
    }

    private static GatewayHouse houseWithTwoProviders() {
        return new GatewayHouse(
                GatewayHouse.freeOrigin(),
                List.of(provider("keycloak"), provider("google")),
                Defaults.ROLES);
    }

    private static OpenIdProviderConfig provider(String id) {
        return OpenIdProviderConfig.of(
                id,
                URI.create("http://127.0.0.1:9/" + id),
                "vestibule",
                new ClientAuthentication.None());
    }

    @Test
    void aClientSendsThePeopleOfTheOnlyProviderAndComesInWithItsToken() {
        try (TestHouse house = new TestHouse()) {
            ControlOutcome added = clients(house).add("okta", "", List.of());

            assertThat(added)
                    .isInstanceOfSatisfying(
                            NewToken.class,
                            token ->
                                    assertThat(token.sentence())
                                            .contains("It sends the people of op.")
                                            .endsWith(house.at("/scim/v2").toString()));
            assertThat(status(house, added)).isEqualTo(200);
            assertThat(clients(house).list())
                    .extracting(ScimTokenLine::name, ScimTokenLine::provider)
                    .containsExactly(tuple("okta", "op"));
        }
    }

    @Test
    void whereThereAreSeveralProvidersOneIsNamed() {
        try (GatewayHouse house = houseWithTwoProviders()) {
            ScimClientControl clients = clients(house);

            assertThat(clients.add("okta", "", List.of()))
                    .isEqualTo(
                            new Refused(
                                    "Whose people does it send? Write --provider with one of"
                                            + " keycloak, google, or with none. Nothing was"
                                            + " changed."));
            assertThat(clients.add("okta", "gogle", List.of()))
                    .isEqualTo(
                            new Refused(
                                    "The configuration has no provider 'gogle'. Write --provider"
                                            + " with one of keycloak, google, or with none. Nothing"
                                            + " was changed."));
            assertThat(clients.list()).isEmpty();
            assertThat(clients.add("okta", "google", List.of())).isInstanceOf(NewToken.class);
            assertThat(clients.add("lldap", "none", List.of())).isInstanceOf(NewToken.class);
            assertThat(clients.list())
                    .extracting(ScimTokenLine::provider)
                    .containsExactly("none", "google");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"office", "192.0.2.1/24", "192.0.2.0/33", ""})
    void whatIsNoNetworkIsRefused(String network) {
        try (TestHouse house = new TestHouse()) {
            assertThat(clients(house).add("okta", "", List.of("192.0.2.0/24", network)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.sentence()).contains("not a network"));
            assertThat(clients(house).list()).isEmpty();
        }
    }

    @Test
    void whatIsNoNameOrTakenIsRefused() {
        try (TestHouse house = new TestHouse()) {
            ScimClientControl clients = clients(house);
            clients.add("okta", "", List.of());

            assertThat(clients.add("Okta!", "", List.of())).isInstanceOf(Refused.class);
            assertThat(clients.add("okta", "", List.of()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.sentence())
                                            .endsWith("vestibule scim-client rotate okta"));
        }
    }

    @Test
    void aClientOutsideItsNetworksIsAnsweredAsAWrongTokenIs() {
        try (TestHouse house = new TestHouse()) {
            ControlOutcome elsewhere = clients(house).add("okta", "", List.of("192.0.2.0/24"));
            ControlOutcome here =
                    clients(house).add("entra", "", List.of("127.0.0.0/8", "::1/128"));

            assertThat(status(house, elsewhere)).isEqualTo(401);
            assertThat(status(house, here)).isEqualTo(200);
            try (ScimVisitor known = visitor(house, elsewhere);
                    ScimVisitor stranger = new ScimVisitor(house.at("/scim/v2"), "guess")) {
                assertThat(known.get("/Users")).isEqualTo(stranger.get("/Users"));
            }
            assertThat(clients(house).list())
                    .extracting(ScimTokenLine::networks)
                    .containsExactly("127.0.0.0/8, 0:0:0:0:0:0:0:1/128", "192.0.2.0/24");
        }
    }

    @Test
    void aTokenIsChangedForAnotherWhileBothAreGood() {
        try (TestHouse house = new TestHouse()) {
            ScimClientControl clients = clients(house);
            ControlOutcome first = clients.add("okta", "", List.of());
            ControlOutcome second = clients.rotate("okta");
            assertThat(status(house, first)).isEqualTo(200);
            assertThat(status(house, second)).isEqualTo(200);
            Eventually.await(
                    () -> clients.list().stream().noneMatch(line -> line.lastUsed().isEmpty()));
            assertThat(clients.list())
                    .extracting(ScimTokenLine::token)
                    .containsExactly("former (0m)", "current (0m)");

            assertThat(clients.finish("okta"))
                    .isEqualTo(new Done("The former token of okta has ended."));

            assertThat(status(house, first)).isEqualTo(401);
            assertThat(status(house, second)).isEqualTo(200);
            assertThat(clients.finish("okta")).isInstanceOf(Refused.class);
            assertThat(clients.rotate("entra")).isInstanceOf(Refused.class);
            assertThat(clients.finish("entra")).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aRemovedClientIsForgottenWithAllThatItSentAndItsPeopleStay() {
        try (TestHouse house = new TestHouse()) {
            ScimClientControl clients = clients(house);
            ControlOutcome okta = clients.add("okta", "", List.of());
            try (ScimVisitor visitor = visitor(house, okta)) {
                String ada = visitor.post("/Users", "{\"userName\":\"zoe\"}").id();
                visitor.post(
                        "/Groups",
                        "{\"displayName\":\"family\",\"members\":[{\"value\":\"" + ada + "\"}]}");
            }

            assertThat(clients.remove("okta")).isInstanceOf(Done.class);

            assertThat(clients.list()).isEmpty();
            assertThat(house.account("zoe").isActive()).isTrue();
            assertThat(status(house, okta)).isEqualTo(401);
            try (ScimVisitor again = visitor(house, clients.add("okta", "", List.of()))) {
                assertThat(again.get("/Users").json().path("totalResults").asInt(-1)).isZero();
                assertThat(again.get("/Groups").json().path("totalResults").asInt(-1)).isZero();
            }
            assertThat(clients.remove("entra")).isInstanceOf(Refused.class);
        }
    }
}
