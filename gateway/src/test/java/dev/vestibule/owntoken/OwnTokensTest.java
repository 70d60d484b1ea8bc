package dev.vestibule.owntoken;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.grant.AdoptionResult;
import dev.vestibule.grant.AskedFrom;
import dev.vestibule.grant.GrantKind;
import dev.vestibule.grant.GrantOwner;
import dev.vestibule.grant.GrantService.Existing;
import dev.vestibule.grant.GrantService.ForClient;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.UpstreamTokens;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.outbox.OutboxTask;
import dev.vestibule.secret.Secret;
import dev.vestibule.socket.OwnTokenCommands.Answer;
import dev.vestibule.socket.OwnTokenCommands.Kind;
import dev.vestibule.socket.OwnTokenCommands.Person;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.home.Tokens;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class OwnTokensTest {

    private static final String CLIENT = "https://home.example/";
    private static final ClientAddress SOMEWHERE =
            new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.9"));

    private final TestFacts facts = new TestFacts();
    private final ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(HomeOptions.defaults().withTime(facts.clock));
    private final HomeUser user = home.addUser("Ada", "ada", "a password", "system-users");
    private final HomeAssistant homeAssistant =
            new HomeAssistant(
                    facts.clock,
                    new HomeAssistantConfig(
                            home.url(), new Secret(home.administratorToken()), List.of()));
    private final Account ada = facts.admit("ada");
    private final Tokens tokens = home.signInDirectly("ada", "a password", CLIENT);
    private final OwnTokens ownTokens =
            new OwnTokens(
                    facts.clock,
                    HOME,
                    LongLivedTokens.TRACK,
                    homeAssistant,
                    facts.grants,
                    facts.sessionLifecycle);

    @AfterEach
    void close() {
        homeAssistant.close();
        home.close();
        facts.close();
    }

    private LiveGrant grant() {
        return facts.grants
                .issue(
                        new ForClient(
                                HOME,
                                ada,
                                Optional.of(facts.begin(ada).session().id()),
                                CLIENT,
                                CLIENT,
                                AskedFrom.NOWHERE,
                                "192.0.2.9"),
                        new UpstreamTokens(
                                new Secret(tokens.accessToken()),
                                new Secret(tokens.refreshToken()),
                                id(tokens.accessToken()),
                                facts.clock.instant().plus(Duration.ofMinutes(30))))
                .orElseThrow()
                .grant();
    }

    private Person person(LiveGrant grant) {
        return new Person(grant, new Secret(tokens.accessToken()), SOMEWHERE);
    }

    private static String id(String accessToken) {
        return AccessTokenClaims.issuerOf(accessToken).orElseThrow();
    }

    private static Map<String, JsonNode> named(String name) {
        return Map.of("client_name", TextNode.valueOf(name), "lifespan", IntNode.valueOf(10));
    }

    private List<GrantSummary> longLived() {
        return facts.grants.list().stream()
                .filter(grant -> grant.kind() == GrantKind.LONG_LIVED)
                .toList();
    }

    private List<OutboxTask> left() {
        return facts.outbox.due(HOME, 100).stream().map(item -> item.task()).toList();
    }

    /// A socket outlives the access token that opened it.
    @Test
    void asksWithTheNextAccessTokenOfTheSameSignInWhereTheFirstHasRunOut() {
        Person person = person(grant());
        facts.clock.advance(Duration.ofHours(5));

        assertThat(ownTokens.carryOut(person, Kind.MAKE, named("gps")))
                .isInstanceOf(Answer.Result.class);

        assertThat(longLived()).singleElement().extracting(GrantSummary::name).isEqualTo("gps");
        assertThat(
                        ownTokens.carryOut(
                                person,
                                Kind.END,
                                Map.of(
                                        "refresh_token_id",
                                        TextNode.valueOf(id(tokens.accessToken())))))
                .isInstanceOf(Answer.Result.class);
        assertThat(person.grant().isLive()).isFalse();
    }

    @Test
    void asksForAReloadWhereNothingOfTheSignInIsHeld() {
        AdoptionResult adopted =
                facts.grants.adopt(
                        new Existing(
                                HOME,
                                new GrantOwner.Person(ada.id(), ada.epoch()),
                                id(tokens.accessToken()),
                                "",
                                "Ada",
                                "192.0.2.9"));
        Person person = person(((AdoptionResult.Live) adopted).grant());
        assertThat(ownTokens.carryOut(person, Kind.MAKE, named("gps")))
                .isInstanceOf(Answer.Result.class);
        facts.clock.advance(Duration.ofHours(5));

        assertThat(ownTokens.carryOut(person, Kind.MAKE, named("other")))
                .isInstanceOfSatisfying(
                        Answer.Failure.class,
                        error -> assertThat(error.message()).contains("Reload"));
        assertThat(longLived()).hasSize(1);
    }

    /// Attack: whoever holds a stolen client asks for a token that outlives it.
    @Test
    void nobodyGetsATokenThroughAGrantThatHasEndedMeanwhile() {
        Person person = person(grant());
        facts.sessionLifecycle.endGrant(person.grant().id(), TestFacts.cause());

        assertThat(ownTokens.carryOut(person, Kind.MAKE, named("gps")))
                .isEqualTo(new Answer.Failure("unauthorized", "Unauthorized"));

        assertThat(longLived()).isEmpty();
        String made = home.refreshTokenIds(user.id()).getLast();
        assertThat(left()).contains(new OutboxTask.EndToken(made));
    }

    @Test
    void nobodyGetsATokenWhoseAccountWasSuspendedMeanwhile() {
        Person person = person(grant());
        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, TestFacts.cause());

        assertThat(ownTokens.carryOut(person, Kind.MAKE, named("gps")))
                .isEqualTo(new Answer.Failure("unauthorized", "Unauthorized"));

        assertThat(longLived()).isEmpty();
        String made = home.refreshTokenIds(user.id()).getLast();
        assertThat(left()).contains(new OutboxTask.EndToken(made));
    }

    @Test
    void aServiceMakesNoTokens() {
        AdoptionResult waiting =
                facts.grants.adopt(
                        new Existing(
                                HOME,
                                new GrantOwner.Service(),
                                id(tokens.accessToken()),
                                "",
                                "Cast",
                                "192.0.2.9"));
        assertThat(waiting).isInstanceOf(AdoptionResult.Waiting.class);
        facts.grants.approve(facts.grants.list().getFirst().id(), HOME, Actor.CONSOLE);
        LiveGrant service = facts.grants.ofTokenId(HOME, id(tokens.accessToken())).orElseThrow();
        home.record().clear();

        assertThat(ownTokens.carryOut(person(service), Kind.MAKE, named("gps")))
                .isEqualTo(new Answer.Failure("unauthorized", "Unauthorized"));
        assertThat(home.record().contains("gps")).isFalse();
    }

    @Test
    void saysThatItCannotBeDoneNowWhereHomeAssistantIsAway() {
        Person person = person(grant());
        home.stop();

        assertThat(ownTokens.carryOut(person, Kind.MAKE, named("gps")))
                .isInstanceOfSatisfying(
                        Answer.Failure.class,
                        error -> assertThat(error.code()).isEqualTo("home_assistant_error"));
        assertThat(person.grant().isLive()).isTrue();
    }

    @Test
    void keepsOfANameWhatAListCanShow() {
        Person person = person(grant());

        assertThat(ownTokens.carryOut(person, Kind.MAKE, named("n".repeat(5_000))))
                .isInstanceOf(Answer.Result.class);

        assertThat(longLived())
                .singleElement()
                .extracting(one -> one.name().length())
                .isEqualTo(200);
    }
}
