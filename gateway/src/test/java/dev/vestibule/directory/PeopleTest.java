package dev.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.Role;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.resource.ScimType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

/// What a client's word about its people does to them.
class PeopleTest {

    private static final String ADA = "{\"userName\": \"ada\", \"externalId\": \"sub-ada\"}";
    private static final String ADA_OFF =
            "{\"userName\": \"ada\", \"externalId\": \"sub-ada\", \"active\": false}";
    private static final String ADA_ON =
            "{\"userName\": \"ada\", \"externalId\": \"sub-ada\", \"active\": true}";

    private final DirectoryHouse house = new DirectoryHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aPersonWhoIsSentIsAnAccountWithoutARole() {
        String ada =
                house.send(
                        "{\"userName\": \"ada\", \"name\": {\"givenName\": \"Ada\","
                                + " \"familyName\": \"L\"}}");

        assertThat(house.person(ada).username()).isEqualTo("ada");
        assertThat(house.person(ada).displayName()).isEqualTo("Ada L");
        assertThat(house.stateOf(ada)).isEqualTo(AccountState.ACTIVE);
        assertThat(house.roleOf(ada)).isEmpty();
        assertThat(house.tasks()).isEmpty();
    }

    @Test
    void aGroupGivesARoleAndHomeAssistantIsToMakeTheUser() {
        String ada = house.send(ADA);

        house.group("family", ada);

        assertThat(house.roleOf(ada)).contains(Role.USER);
        assertThat(house.tasks()).containsExactly("Provision");
    }

    @Test
    void theHighestRoleOfAllGroupsCountsAlsoOfGroupsInGroups() {
        String ada = house.send(ADA);
        String inner = house.group("inner", ada);
        house.group("guests", ada);

        house.group("admins", inner);

        assertThat(house.roleOf(ada)).contains(Role.ADMIN);
    }

    @Test
    void whoLeavesTheLastGroupWithARoleIsOut() {
        String ada = house.send(ADA);
        String family = house.group("family", ada);
        house.signIn("sub-ada", "sub-ada");
        var session = house.facts.begin(house.person(ada));
        house.facts.issue(house.person(ada), session, "browser");

        house.regroup(family, "family");

        assertThat(house.roleOf(ada)).isEmpty();
        assertThat(house.facts.sessions.find(session.session().id())).isEmpty();
        assertThat(house.facts.tokensToEnd()).containsExactly("inner-browser");
    }

    @Test
    void aGroupThatIsRenamedOrDeletedTakesItsRoleAlong() {
        String ada = house.send(ADA);
        String group = house.group("family", ada);

        house.regroup(group, "neighbours", ada);
        assertThat(house.roleOf(ada)).isEmpty();

        house.regroup(group, "guests", ada);
        assertThat(house.roleOf(ada)).contains(Role.VIEWER);

        house.delete(ResourceKind.GROUP, group);
        assertThat(house.roleOf(ada)).isEmpty();
    }

    @Test
    void whoIsSwitchedOffIsSuspendedAndWhoIsSwitchedOnAgainComesBack() {
        String ada = house.send(ADA);
        house.group("family", ada);

        house.change(ada, ADA_OFF);
        assertThat(house.stateOf(ada)).isEqualTo(AccountState.SUSPENDED);

        house.change(ada, ADA);
        assertThat(house.stateOf(ada)).as("active was not said").isEqualTo(AccountState.SUSPENDED);

        house.change(ada, ADA_ON);
        assertThat(house.stateOf(ada)).isEqualTo(AccountState.ACTIVE);
        assertThat(house.roleOf(ada)).contains(Role.USER);
    }

    @Test
    void whoIsSentSwitchedOffNeverComesIn() {
        String ada = house.send(ADA_OFF);
        house.group("family", ada);

        assertThat(house.stateOf(ada)).isEqualTo(AccountState.SUSPENDED);
        assertThat(house.signIn("sub-ada", "sub-ada")).contains(house.accountOf(ada));
        assertThat(house.tasks()).isEmpty();
    }

    @Test
    void aClientTakesNobodyElsesWordBack() {
        String ada = house.send(ADA);
        for (SuspendedBy other : new SuspendedBy[] {SuspendedBy.PROVIDER, SuspendedBy.OPERATOR}) {
            house.facts.lifecycle.suspend(house.accountOf(ada), other, TestFacts.cause());

            house.change(ada, ADA_ON);

            assertThat(house.stateOf(ada)).as(other + "").isEqualTo(AccountState.SUSPENDED);
        }
    }

    @Test
    void whomTheProviderSwitchedOffStaysOutWhenTheClientSwitchesThemOffAndOnAgain() {
        String ada = house.send(ADA);
        house.facts.lifecycle.suspend(
                house.accountOf(ada), SuspendedBy.PROVIDER, TestFacts.cause());

        house.change(ada, ADA_OFF);
        house.change(ada, ADA_ON);

        assertThat(house.stateOf(ada)).isEqualTo(AccountState.SUSPENDED);
        house.facts.lifecycle.restore(
                house.accountOf(ada), SuspendedBy.PROVIDER, TestFacts.cause());
        assertThat(house.stateOf(ada)).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void whomTheClientSwitchedOffIsNotLetInByTheProvider() {
        String ada = house.send(ADA);
        house.change(ada, ADA_OFF);
        house.facts.lifecycle.suspend(
                house.accountOf(ada), SuspendedBy.PROVIDER, TestFacts.cause());

        house.facts.lifecycle.restore(
                house.accountOf(ada), SuspendedBy.PROVIDER, TestFacts.cause());

        assertThat(house.stateOf(ada)).isEqualTo(AccountState.SUSPENDED);
    }

    @Test
    void theLastAdministratorIsNotSwitchedOffAndTheClientIsToldSo() {
        String ada = house.send(ADA);
        String admins = house.group("admins", ada);

        assertThatExceptionOfType(ScimError.class)
                .isThrownBy(() -> house.change(ada, ADA_OFF))
                .matches(refused -> refused.type().filter(ScimType.MUTABILITY::equals).isPresent())
                .withMessageContaining("Nobody would be left who administers home");
        assertThatExceptionOfType(ScimError.class)
                .isThrownBy(() -> house.delete(ResourceKind.USER, ada));
        assertThatExceptionOfType(ScimError.class)
                .isThrownBy(() -> house.delete(ResourceKind.GROUP, admins));
        assertThatExceptionOfType(ScimError.class)
                .isThrownBy(() -> house.regroup(admins, "family", ada));

        assertThat(house.stateOf(ada)).isEqualTo(AccountState.ACTIVE);
        assertThat(house.roleOf(ada)).contains(Role.ADMIN);
    }

    @Test
    void whoIsDeletedStaysOutAndWhoIsSentAgainInheritsNothing() {
        String ada = house.send(ADA);
        house.group("family", ada);
        var before = house.accountOf(ada);
        house.signIn("sub-ada", "sub-ada");

        house.delete(ResourceKind.USER, ada);
        assertThat(stateOf(before)).contains(AccountState.SUSPENDED);
        assertThat(house.comeIn("sub-ada", "sub-ada")).isEqualTo(before);

        String again = house.send(ADA);
        assertThat(house.accountOf(again)).isNotEqualTo(before);
        assertThat(house.roleOf(again)).isEmpty();
        assertThat(stateOf(before)).contains(AccountState.REMOVED);
        assertThat(house.signIn("sub-ada", "sub-ada")).contains(house.accountOf(again));
    }

    @Test
    void whoWasDeletedAsAnAdministratorIsNoObstacleWhenNobodyElseIsOneAnyMore() {
        String ada = house.send(ADA);
        String ben = house.send("{\"userName\": \"ben\", \"externalId\": \"sub-ben\"}");
        String admins = house.group("admins", ada, ben);
        var before = house.accountOf(ada);
        house.signIn("sub-ada", "sub-ada");
        house.delete(ResourceKind.USER, ada);
        demote(ben);

        String again = house.send(ADA);
        house.regroup(admins, "admins", again);

        assertThat(stateOf(before)).contains(AccountState.REMOVED);
        assertThat(house.signIn("sub-ada", "sub-ada")).contains(house.accountOf(again));
        assertThat(house.roleOf(again)).contains(Role.ADMIN);
    }

    /// As their provider may, whoever is left.
    private void demote(String user) {
        var _ =
                house.facts.database.inTransaction(
                        tx ->
                                house.facts.lifecycle.changeRole(
                                        tx,
                                        house.accountOf(user),
                                        TestFacts.HOME,
                                        Role.USER,
                                        TestFacts.cause()),
                        ended -> ended.cut());
    }

    @ParameterizedTest
    @CsvSource({"false, SUSPENDED", "true, ACTIVE"})
    void whoWasOnlySwitchedOffIsThemselvesForTheClientThatComesAfter(
            boolean active, AccountState state) {
        String ada = house.send(ADA);
        house.group("family", ada);
        var before = house.accountOf(ada);
        house.signIn("sub-ada", "sub-ada");
        house.change(ada, ADA_OFF);
        house.facts.tenants.remove(
                "okta", (tx, gone) -> house.people.forget(tx, gone.id()), Actor.CONSOLE);

        String again = house.send(house.other, active ? ADA_ON : ADA_OFF);

        assertThat(stateOf(before)).contains(state);
        assertThat(userOf(before)).contains(again);
    }

    private Optional<String> userOf(AccountId account) {
        return house.facts
                .database
                .read(handle -> house.people.resources().userOfAccount(handle, account))
                .map(StoredResource::id);
    }

    @Test
    void whoWasDeletedIsSomebodyNewForTheClientThatComesAfter() {
        String ada = house.send(ADA);
        var before = house.accountOf(ada);
        house.signIn("sub-ada", "sub-ada");
        house.delete(ResourceKind.USER, ada);
        house.facts.tenants.remove(
                "okta", (tx, gone) -> house.people.forget(tx, gone.id()), Actor.CONSOLE);

        house.send(house.other, ADA);

        assertThat(stateOf(before)).contains(AccountState.REMOVED);
    }

    private Optional<AccountState> stateOf(AccountId account) {
        return house.facts.accounts.find(account).map(Account::state);
    }

    @Test
    void whoWasDeletedBeforeTheyEverCameStaysOutWhenTheyCome() {
        String ada = house.send(ADA);
        var before = house.accountOf(ada);

        house.delete(ResourceKind.USER, ada);

        assertThat(house.comeIn("sub-ada", "sub-ada")).isEqualTo(before);
        assertThat(stateOf(before)).contains(AccountState.SUSPENDED);
    }

    @Test
    void anOperatorsWordOutlivesADeletion() {
        for (boolean hasSignedIn : new boolean[] {true, false}) {
            String subject = "sub-" + hasSignedIn;
            String json =
                    "{\"userName\": \"" + subject + "\", \"externalId\": \"" + subject + "\"}";
            String user = house.send(json);
            if (hasSignedIn) {
                house.signIn(subject, subject);
            }
            house.facts.lifecycle.suspend(
                    house.accountOf(user), SuspendedBy.OPERATOR, TestFacts.cause());

            house.delete(ResourceKind.USER, user);
            String again = house.send(json);
            house.group("family-" + hasSignedIn, again);

            assertThat(house.stateOf(again)).as(subject).isEqualTo(AccountState.SUSPENDED);
            assertThat(house.signIn(subject, subject)).contains(house.accountOf(again));
        }
    }

    @Test
    void aRoleThatIsGivenToSomebodyWhoIsOutIsInTheAuditLogToo() {
        String ada = house.send(ADA_OFF);

        house.group("admins", ada);

        assertThat(house.facts.audit.newest(100))
                .anyMatch(
                        line ->
                                line.kind().equals("RoleChanged")
                                        && line.detail().contains("\"to\":\"ADMIN\""));
    }

    @Test
    void whomAnOperatorRemovedIsSomebodyNewAtTheNextRequest() {
        String ada = house.send(ADA);
        house.group("family", ada);
        var before = house.accountOf(ada);

        house.facts.lifecycle.remove(before, TestFacts.cause());
        house.change(ada, ADA_ON);

        assertThat(house.accountOf(ada)).isNotEqualTo(before);
        assertThat(house.stateOf(ada)).isEqualTo(AccountState.ACTIVE);
        assertThat(house.roleOf(ada)).contains(Role.USER);
    }

    @Test
    void whomAnOperatorRemovedIsSomebodyNewAtTheNextSignIn() {
        String ada = house.send(ADA);
        var before = house.accountOf(ada);

        house.facts.lifecycle.remove(before, TestFacts.cause());

        assertThat(house.signIn("sub-ada", "sub-ada")).contains(house.accountOf(ada));
        assertThat(house.accountOf(ada)).isNotEqualTo(before);
    }

    @Test
    void whomAnOperatorRemovedAndAClientDeletedThenStaysOutWhenTheyCome() {
        String ada = house.send(ADA);
        house.signIn("sub-ada", "sub-ada");
        house.facts.lifecycle.remove(house.accountOf(ada), TestFacts.cause());

        house.delete(ResourceKind.USER, ada);
        AccountId coming = house.comeIn("sub-ada", "sub-ada");
        assertThat(stateOf(coming)).contains(AccountState.SUSPENDED);

        String again = house.send(ADA);
        assertThat(house.accountOf(again)).as("sent again").isNotEqualTo(coming);
        assertThat(house.stateOf(again)).isEqualTo(AccountState.ACTIVE);
        assertThat(house.comeIn("sub-ada", "sub-ada")).isEqualTo(house.accountOf(again));
    }

    @Test
    void whoIsRemovedAndDeletedAndCameMeanwhileUnrecognisedIsOutToo() {
        String ada = house.send(ADA);
        house.facts.lifecycle.remove(house.accountOf(ada), TestFacts.cause());
        AccountId meanwhile = house.facts.admit("sub-ada").id();

        house.delete(ResourceKind.USER, ada);

        assertThat(stateOf(meanwhile)).contains(AccountState.SUSPENDED);
    }

    @Test
    void nobodyStandsForAUserWhoIsRemovedAndDeletedAndOfNoName() {
        String ada = house.send("{\"userName\": \"ada\"}");
        house.facts.lifecycle.remove(house.accountOf(ada), TestFacts.cause());

        house.delete(ResourceKind.USER, ada);

        assertThat(house.facts.accounts.list()).noneMatch(Account::isHere);
    }

    @Test
    void namesFollowTheClient() {
        String ada = house.send(ADA);

        house.change(ada, "{\"userName\": \"adah\", \"displayName\": \"Adah\"}");

        assertThat(house.person(ada).username()).isEqualTo("adah");
        assertThat(house.person(ada).displayName()).isEqualTo("Adah");
    }

    @Test
    void withRolesFromSignInGroupsGiveAndTakeNothing() {
        try (DirectoryHouse signIn =
                new DirectoryHouse(
                        new ScimConfig(
                                ScimConfig.Match.EXTERNAL_ID,
                                "sub",
                                ScimConfig.RolesFrom.SIGN_IN,
                                ScimConfig.People.ANYBODY))) {
            String ada = signIn.send(ADA);
            signIn.facts.assignRole(signIn.accountOf(ada), Role.VIEWER);

            signIn.group("family", ada);

            assertThat(signIn.roleOf(ada)).contains(Role.VIEWER);
        }
    }
}
