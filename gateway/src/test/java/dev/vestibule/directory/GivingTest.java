package dev.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.config.Role;
import dev.vestibule.resource.ResourceKind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// People who become a client's on an administrator's word.
class GivingTest {

    private final DirectoryHouse house = new DirectoryHouse();
    private final Account owner = house.facts.admit("owner");
    private final Giving giving =
            new Giving(
                    house.facts.clock,
                    house.facts.database,
                    house.facts.tenants,
                    house.facts.accounts,
                    house.people,
                    house.facts.audit);

    @AfterEach
    void close() {
        house.close();
    }

    private GiveResult give(String client) {
        return giving.give(client, owner.id(), TestFacts.cause());
    }

    @Test
    void whoIsGivenWaitsUntilTheClientSendsTheirName() {
        assertThat(give("okta")).isEqualTo(new GiveResult.Waiting("owner"));
        assertThat(house.person(house.send("{\"userName\": \"other\"}")).id())
                .isNotEqualTo(owner.id());

        String sent = house.send("{\"userName\": \"OWNER\", \"externalId\": \"1\"}");

        assertThat(house.accountOf(sent)).isEqualTo(owner.id());
        assertThat(house.roleOf(sent)).contains(Role.USER);
    }

    @Test
    void whomTheClientHadSentAlreadyIsThatPersonFromNowOn() {
        String sent = house.send("{\"userName\": \"owner\", \"active\": false}");
        var made = house.accountOf(sent);

        assertThat(give("okta")).isEqualTo(new GiveResult.Given("owner"));

        assertThat(house.accountOf(sent)).isEqualTo(owner.id());
        assertThat(house.stateOf(sent)).as("as the client says").isEqualTo(AccountState.SUSPENDED);
        assertThat(house.facts.accounts.find(made))
                .map(Account::state)
                .contains(AccountState.REMOVED);
    }

    @Test
    void anotherClientOfTheSameNameGetsNobody() {
        give("okta");

        house.send(house.other, "{\"userName\": \"owner\", \"externalId\": \"9\"}");

        assertThat(house.accountOf(house.send("{\"userName\": \"owner\"}"))).isEqualTo(owner.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada.l"})
    void whomTheClientHadDeletedIsWhoTheyWereWhenItSendsThemAgain(String name) {
        String ada = house.send(user("ada"));
        house.group("family", ada);
        var before = house.accountOf(ada);
        house.signIn("sub-ada", "sub-ada");
        house.delete(ResourceKind.USER, ada);
        assertThat(giving.give("okta", before, TestFacts.cause()))
                .isEqualTo(new GiveResult.Waiting("ada"));

        String again = house.send(user(name));

        assertThat(house.accountOf(again)).isEqualTo(before);
        assertThat(house.stateOf(again)).isEqualTo(AccountState.ACTIVE);
        assertThat(house.roleOf(again)).contains(Role.USER);
    }

    @Test
    void whoIsDeletedOnceMoreAfterTheyWereGivenIsSomebodyNew() {
        String ada = house.send(user("ada"));
        var before = house.accountOf(ada);
        house.signIn("sub-ada", "sub-ada");
        house.delete(ResourceKind.USER, ada);
        giving.give("okta", before, TestFacts.cause());
        house.delete(ResourceKind.USER, house.send(user("ada.l")));

        assertThat(house.accountOf(house.send(user("ada")))).isNotEqualTo(before);
    }

    @Test
    void whoIsDeletedBeforeItWasKnownWhatTheirProviderCallsThemIsSomebodyNewToo() {
        give("okta");
        house.delete(ResourceKind.USER, house.send("{\"userName\": \"owner\"}"));

        String again = house.send("{\"userName\": \"owner\", \"externalId\": \"owner\"}");

        assertThat(house.accountOf(again)).isNotEqualTo(owner.id());
        assertThat(house.facts.accounts.find(owner.id()))
                .map(Account::state)
                .contains(AccountState.REMOVED);
    }

    private static String user(String name) {
        return "{\"userName\": \"" + name + "\", \"externalId\": \"sub-ada\"}";
    }

    @Test
    void nobodyIsGivenTwice() {
        give("okta");
        house.send("{\"userName\": \"owner\"}");

        assertThat(give("entra")).isEqualTo(new GiveResult.HasClient("okta"));
    }

    @Test
    void anOfferThatIsMadeAnewGoesToTheLast() {
        give("okta");
        give("entra");

        assertThat(house.accountOf(house.send("{\"userName\": \"owner\"}")))
                .isNotEqualTo(owner.id());
    }

    @Test
    void somebodyWhoSignedInUnderThatNameStaysWhoTheyAre() {
        String sent = house.send("{\"userName\": \"owner\", \"externalId\": \"somebody\"}");
        house.signIn("somebody", "somebody");
        var somebody = house.accountOf(sent);

        assertThat(give("okta")).isEqualTo(new GiveResult.NameTaken("owner"));

        assertThat(house.accountOf(sent)).isEqualTo(somebody);
    }

    @ParameterizedTest
    @EnumSource(
            value = AccountOrigin.class,
            names = {"KIOSK", "BREAK_GLASS"})
    void whatIsNoPersonIsNoneWhenItWasGiven(AccountOrigin origin) {
        Account tablet =
                house.facts.database.inTransaction(
                        tx ->
                                house.facts.accounts.admit(
                                        tx,
                                        new Subject(new Issuer("vestibule:ours"), "hallway"),
                                        new Profile("hallway", "Hallway"),
                                        origin));
        giving.give("okta", tablet.id(), TestFacts.cause());

        String sent = house.send("{\"userName\": \"hallway\"}");

        assertThat(house.accountOf(sent)).isEqualTo(tablet.id());
        assertThat(house.person(sent).origin()).isEqualTo(origin);
        assertThat(house.person(sent).origin().isAPersons()).isFalse();
    }

    @Test
    void whoIsNotThereIsNotGiven() {
        assertThat(give("nobody")).isEqualTo(new GiveResult.NoSuchClient());
        house.facts.lifecycle.remove(owner.id(), TestFacts.cause());
        assertThat(give("okta")).isEqualTo(new GiveResult.NoSuchAccount());
    }
}
