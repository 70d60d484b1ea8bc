package dev.vestibule.login;

import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.http.Response;
import dev.vestibule.login.LoginHouse.Plan;
import dev.vestibule.testhouse.openid.Person;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Attacks on the mapping of people to accounts and users (G1 to G8), and on the moment in which a
/// role changes.
class WhoIsWhoTest {

    private LoginHouse house = new LoginHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private Response signInAt(int provider, TestBrowser browser) {
        String choice = browser.get(authorize("")).location().toString();
        Response left =
                browser.open(
                        URI.create(choice.replace("/sign-in?", "/sign-in/id" + provider + "?")));
        return browser.open(house.visit(TestBrowser.location(left)));
    }

    @Test
    void aNameThatSomebodyInTheHouseHasLinksNothing() {
        String owner =
                house.home.addUser("Ada Lovelace", "ada", "her own password", "system-admin").id();

        house.tokens(house.browser());

        assertThat(house.home.users())
                .filteredOn(user -> user.name().equals("Ada Lovelace"))
                .hasSize(2);
        assertThat(house.home.refreshTokenIds(owner)).isEmpty();
    }

    @Test
    void whoTakesAnotherPersonsNameIsAnotherPerson() {
        house.tokens(house.browser());
        house.provider()
                .addPerson(
                        Person.of("mallory", "Ada Lovelace")
                                .withGroups("friends")
                                .withPreferredUsername("ada")
                                .withExtraClaims(
                                        Map.of(
                                                "email",
                                                "ada@example.org",
                                                "email_verified",
                                                "true")));
        house.provider().signInAutomaticallyAs("mallory");

        house.tokens(house.browser());

        assertThat(house.facts.accounts.list())
                .extracting(Account::username)
                .containsExactly("ada", "ada");
        assertThat(house.home.users())
                .filteredOn(user -> user.name().equals("Ada Lovelace"))
                .extracting(user -> user.groups().getFirst())
                .containsExactlyInAnyOrder("system-users", "system-read-only");
    }

    @Test
    void theSameSubjectAtTwoProvidersIsTwoPeople() {
        house.close();
        house = new LoginHouse(new Plan(2, LimitsConfig.DEFAULTS, ""));

        signInAt(0, house.browser());
        signInAt(1, house.browser());

        assertThat(house.facts.accounts.list()).hasSize(2);
    }

    /// Attack: a person who is no administrator any more signs in where no client asks for a code.
    @Test
    void aLowerRoleTakesEffectInHomeAssistantWhereverThePersonGoes() {
        house.tokens(house.browser());
        house.provider().setGroups("ada", List.of("friends"));

        TestBrowser page = house.browser();
        Response back =
                page.open(
                        house.visit(page.get("/auth/vestibule/sign-in?next=%2Fenergy").location()));

        assertThat(TestBrowser.location(back)).hasToString("https://home.example.org/energy");
        assertThat(house.home.userNamed("Ada Lovelace").orElseThrow().groups())
                .containsExactly("system-read-only");
    }

    @Test
    void whoseRoleCannotTakeEffectIsTold() {
        house.tokens(house.browser());
        house.provider().setGroups("ada", List.of("friends"));
        TestBrowser page = house.browser();
        URI callback = house.visit(page.get("/auth/vestibule/sign-in?next=%2Fenergy").location());
        house.home.stop();

        Response back = page.open(callback);

        assertThat(back.status()).isEqualTo(503);
    }

    @Test
    void aSignInThatCannotBeRecordedLeavesNothingBehind() {
        TestBrowser browser = house.browser();
        URI callback = house.visit(browser.get(authorize("")).location());
        house.facts.database.change(
                tx -> tx.execute("ALTER TABLE audit_event RENAME TO audit_event_away"));

        Response page = browser.open(callback);

        house.facts.database.change(
                tx -> tx.execute("ALTER TABLE audit_event_away RENAME TO audit_event"));
        assertThat(page.status()).isEqualTo(503);
        assertThat(text(page)).contains("ref-1");
        assertThat(browser.isSignedIn()).isFalse();
        for (String table : List.of("account", "identity", "role", "session")) {
            assertThat(rows(table)).as(table).isZero();
        }
    }

    private int rows(String table) {
        return house.facts.database.read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM " + table)
                                .mapTo(Integer.class)
                                .one());
    }

    @Test
    void onePersonsEndlessSignInsKeepToTheirShare() {
        house.signIn(house.browser());
        Account ada = house.facts.accounts.list().getFirst();
        for (int i = 0; i < 99; i++) {
            house.facts.begin(ada);
        }

        house.signIn(house.browser());

        assertThat(rows("session")).isEqualTo(100);
        assertThat(house.audit()).contains("SessionEnded too many sessions");
    }
}
