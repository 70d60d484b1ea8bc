package dev.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.Profile;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.Role;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.provisioning.Inheritance;
import dev.vestibule.resource.ScimError;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who of the people that clients send is who of those that sign in.
class RecognitionTest {

    private static final String ADA = "{\"userName\": \"ada\", \"externalId\": \"sub-ada\"}";

    private DirectoryHouse house = new DirectoryHouse();

    @AfterEach
    void close() {
        house.close();
    }

    /// A house where people are matched by their user name.
    private void byUserName() {
        house.close();
        house =
                new DirectoryHouse(
                        new ScimConfig(
                                ScimConfig.Match.USER_NAME,
                                "preferred_username",
                                ScimConfig.RolesFrom.SCIM,
                                ScimConfig.People.ANYBODY));
    }

    private void link(AccountId account, String homeAssistantUser) {
        house.facts.database.change(
                tx ->
                        house.facts.homeUsers.attach(
                                tx,
                                account,
                                TestFacts.HOME,
                                homeAssistantUser,
                                Actor.CONSOLE,
                                Inheritance.NOTHING));
    }

    private void assertConflict(String json) {
        assertThatExceptionOfType(ScimError.class)
                .isThrownBy(() -> house.send(json))
                .matches(refused -> refused.status() == 409);
    }

    @Test
    void whoSignsInAfterBeingSentIsThatPerson() {
        String ada = house.send(ADA);

        assertThat(house.signIn("sub-ada", "sub-ada")).contains(house.accountOf(ada));
    }

    @Test
    void whoWasNeverSentIsNobodyHere() {
        house.send(ADA);

        assertThat(house.signIn("sub-eve", "sub-eve")).isEmpty();
    }

    @Test
    void whoSignedInBeforeBeingSentKeepsTheirAccountAndTheirRoleUntilGroupsCome() {
        Account before = house.facts.admit("sub-ada");

        String ada = house.send(ADA);
        assertThat(house.accountOf(ada)).isEqualTo(before.id());
        assertThat(house.roleOf(ada)).contains(Role.USER);
        house.change(ada, "{\"userName\": \"adah\", \"externalId\": \"sub-ada\"}");
        assertThat(house.roleOf(ada)).contains(Role.USER);
        assertThat(isWaitingForGroups(before.id())).isTrue();

        String group = house.group("guests", ada);
        assertThat(house.roleOf(ada)).contains(Role.VIEWER);
        assertThat(isWaitingForGroups(before.id())).isFalse();

        house.regroup(group, "guests");
        assertThat(house.roleOf(ada)).isEmpty();
    }

    private boolean isWaitingForGroups(AccountId account) {
        return house.facts.database.read(
                tx -> house.people.recognition().isWaitingForGroups(tx, account));
    }

    @Test
    void whoseUserInHomeAssistantIsOlderThanTheGatewayIsNobodysToTake() {
        Account owner = house.facts.admit("sub-ada");
        link(owner.id(), "the-owner");

        assertConflict(ADA);

        assertThat(house.facts.accounts.find(owner.id()).orElseThrow().isActive()).isTrue();
    }

    @Test
    void whomAnotherClientHasIsNobodysToTake() {
        house.send(house.other, ADA);
        house.signIn("sub-ada", "sub-ada");

        assertConflict(ADA.replace("\"ada\"", "\"somebody\""));
    }

    @Test
    void whomTwoClientsOfOneProviderSendIsThePersonOfTheFirst() {
        String first = house.send(ADA);
        house.send(house.other, ADA);

        assertThat(house.signIn("sub-ada", "sub-ada")).contains(house.accountOf(first));
    }

    @Test
    void twoClientsOfDifferentPeopleKnowNothingOfEachOther() {
        String here = house.send("{\"userName\": \"ada\", \"externalId\": \"one\"}");
        house.send(house.other, "{\"userName\": \"ada\", \"externalId\": \"two\"}");

        assertThat(house.signIn("one", "one")).contains(house.accountOf(here));
        assertThat(house.signIn("two", "two")).isPresent().isNotEqualTo(house.signIn("one", "one"));
    }

    @Test
    void whomAnAdministratorGaveComesAsSoonAsTheClientSendsTheirName() {
        Account owner = house.facts.admit("sub-ada");
        link(owner.id(), "the-owner");
        house.facts.database.change(
                tx ->
                        house.people
                                .offers()
                                .put(
                                        tx,
                                        house.client.id(),
                                        "Ada",
                                        owner.id(),
                                        house.facts.clock.instant()));

        String ada = house.send(ADA);

        assertThat(house.accountOf(ada)).isEqualTo(owner.id());
        assertConflict("{\"userName\": \"second\", \"externalId\": \"sub-ada\"}");
    }

    @Test
    void nobodyIsMatchedByEmail() {
        Account before = house.facts.admit("ada@home.example");

        String ada =
                house.send(
                        "{\"userName\": \"ada\", \"externalId\": \"else\", \"emails\": [{\"value\":"
                                + " \"ada@home.example\"}]}");

        assertThat(house.accountOf(ada)).isNotEqualTo(before.id());
    }

    @Test
    void byUserNameInAnyCase() {
        byUserName();
        String ada = house.send("{\"userName\": \"Ada.L\"}");

        assertThat(house.signIn("123", "ada.l")).contains(house.accountOf(ada));
        assertThat(house.signIn("123", "renamed"))
                .as("a link that was made once stays")
                .contains(house.accountOf(ada));
    }

    @Test
    void aUserNameThatIsSomebodysAlreadyOpensNothing() {
        byUserName();
        String ada = house.send("{\"userName\": \"ada\"}");
        house.signIn("123", "ada");

        assertThat(house.signIn("456", "ada")).isEmpty();
        assertThat(house.signIn("123", "ada")).contains(house.accountOf(ada));
    }

    @Test
    void whoIsRecognisedOnlyLaterKeepsTheAccountTheyHave() {
        Account own = house.facts.admit("sub-ada");
        String ada = house.send("{\"userName\": \"ada\"}");
        AccountId made = house.accountOf(ada);
        house.group("guests", ada);

        house.change(ada, ADA);

        assertThat(house.accountOf(ada)).isEqualTo(own.id());
        assertThat(house.roleOf(ada)).contains(Role.VIEWER);
        assertThat(house.facts.accounts.find(made))
                .map(Account::state)
                .contains(AccountState.REMOVED);
    }

    @Test
    void whoWasSwitchedOffBeforeTheyWereRecognisedIsOutOnceTheyAre() {
        byUserName();
        // Before the matching was configured, so that nobody noted the name.
        Account own = house.facts.admit("123");
        String ada = house.send("{\"userName\": \"ada\", \"active\": false}");

        house.signIn("123", "ada");

        assertThat(house.accountOf(ada)).isEqualTo(own.id());
        assertThat(house.stateOf(ada)).isEqualTo(AccountState.SUSPENDED);
        assertThat(suspendedBy(own.id())).contains(SuspendedBy.SCIM);
    }

    private Set<SuspendedBy> suspendedBy(AccountId account) {
        return house.facts.database.read(tx -> house.facts.accounts.suspendedBy(tx, account));
    }

    @Test
    void whatAnOperatorDecidedAboutAPlaceholderHoldsForThePerson() {
        byUserName();
        Account own = house.facts.admit("123");
        String ada = house.send("{\"userName\": \"ada\"}");
        house.facts.lifecycle.suspend(
                house.accountOf(ada), SuspendedBy.OPERATOR, TestFacts.cause());

        house.signIn("123", "ada");

        assertThat(house.accountOf(ada)).isEqualTo(own.id());
        assertThat(suspendedBy(own.id())).contains(SuspendedBy.OPERATOR);
    }

    @Test
    void whoSignedInByNameBeforeBeingSentIsThatPerson() {
        byUserName();
        AccountId own = house.comeIn("123", "Ada");

        String ada = house.send("{\"userName\": \"ada\", \"active\": false}");

        assertThat(house.accountOf(ada)).isEqualTo(own);
        assertThat(suspendedBy(own)).contains(SuspendedBy.SCIM);
    }

    @Test
    void aNameUnderWhichNobodyCameForLongIsNotTheirsAnyMore() {
        byUserName();
        house.comeIn("123", "ada");
        house.facts.clock.advance(Duration.ofDays(8));

        assertConflict("{\"userName\": \"ada\"}");
    }

    @Test
    void aNameThatAClientGaveAwayIsTheNextPersons() {
        byUserName();
        String first = house.send("{\"userName\": \"ada\"}");
        house.comeIn("123", "ada");
        house.change(first, "{\"userName\": \"carol\"}");

        String second = house.send("{\"userName\": \"ada\"}");

        assertThat(house.accountOf(second)).isNotEqualTo(house.accountOf(first));
        assertThat(house.comeIn("456", "ada")).isEqualTo(house.accountOf(second));
        assertThat(house.comeIn("123", "carol")).isEqualTo(house.accountOf(first));
    }

    @Test
    void whoWasGivenToAClientIsNoPlaceholder() {
        byUserName();
        AccountId given =
                house.facts.database.inTransaction(
                        tx ->
                                house.facts
                                        .accounts
                                        .create(
                                                tx,
                                                new Profile("ada", "Ada"),
                                                AccountOrigin.ADOPTED)
                                        .id());
        link(given, "the-owner");
        house.facts.database.change(
                tx ->
                        house.people
                                .offers()
                                .put(
                                        tx,
                                        house.client.id(),
                                        "ada",
                                        given,
                                        house.facts.clock.instant()));
        String ada = house.send("{\"userName\": \"ada\"}");
        Account elsewhere = house.facts.admit("123");

        house.signIn("123", "ada");

        assertThat(house.accountOf(ada)).isEqualTo(given);
        assertThat(house.facts.accounts.find(given).orElseThrow().isActive()).isTrue();
        assertThat(house.facts.accounts.find(elsewhere.id()).orElseThrow().isActive()).isTrue();
    }

    @Test
    void theOnlyAdministratorIsBroughtTogetherToo() {
        Account own = house.facts.admit("sub-ada");
        String ada = house.send("{\"userName\": \"ada\"}");
        house.group("admins", ada);

        house.change(ada, ADA);

        assertThat(house.accountOf(ada)).isEqualTo(own.id());
        assertThat(house.roleOf(ada)).contains(Role.ADMIN);
    }

    @Test
    void whoseGroupsAreStillToComeIsWaitedFor() {
        Account own = house.facts.admit("sub-ada");
        String ada = house.send(ADA);

        house.change(ada, ADA);

        assertThat(house.accountOf(ada)).isEqualTo(own.id());
        assertThat(house.roleOf(ada)).contains(Role.USER);
    }

    @Test
    void theGroupsOfAClientCountAndNotThoseOfTheToken() {
        String ada = house.send(ADA);
        house.group("guests", ada);
        Account stranger = house.facts.admit("sub-eve");

        assertThat(groupsOf(house.accountOf(ada), "admins")).containsExactly("guests");
        assertThat(groupsOf(stranger.id(), "admins")).containsExactly("admins");
    }

    private Set<String> groupsOf(AccountId account, String said) {
        return house.facts.database.read(
                tx -> house.people.recognition().groupsOf(tx, account, Set.of(said)));
    }

    @Test
    void whereOnlyPeopleWhoWereSentMayComeInNobodyElseDoes() {
        house.close();
        house =
                new DirectoryHouse(
                        new ScimConfig(
                                ScimConfig.Match.EXTERNAL_ID,
                                "sub",
                                ScimConfig.RolesFrom.SCIM,
                                ScimConfig.People.SCIM_ONLY));
        String ada = house.send(ADA);
        Account stranger = house.facts.admit("sub-eve");

        assertThat(isWelcome(Optional.of(house.accountOf(ada)))).isTrue();
        assertThat(isWelcome(Optional.of(stranger.id()))).isFalse();
        assertThat(isWelcome(Optional.empty())).isFalse();
    }

    private boolean isWelcome(Optional<AccountId> account) {
        return house.facts.database.read(
                tx -> house.people.recognition().isWelcome(tx, TestFacts.ISSUER, account));
    }

    @Test
    void severalPeopleOfOneNameAreNobody() {
        byUserName();
        for (String subject : List.of("123", "456")) {
            house.comeIn(subject, "ada");
        }

        assertConflict("{\"userName\": \"ada\"}");
    }
}
