package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.TestHouse;
import dev.vestibule.account.AccountState;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// What an administrator sees of people at the console and does about them, in a whole gateway.
class PeoplePageTest {

    private static final String PEOPLE = "/auth/vestibule/console/people";

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser ben = new VisitorBrowser();

    PeoplePageTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
        ben.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        house.close();
    }

    private String pageOf(String username) {
        return PEOPLE + "/" + house.account(username).id().value();
    }

    private Answer change(VisitorBrowser browser, String username, String change) {
        return browser.postForm(house.at(pageOf(username)), Map.of("change", change));
    }

    @Test
    void whoeverIsNotSignedInIsSentToSignInAndComesBack() {
        Answer answer = ada.get(house.at(PEOPLE));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location())
                .contains("/auth/vestibule/sign-in?next=")
                .contains(VisitorBrowser.encode(PEOPLE));
    }

    @Test
    void theFamilySeesNothingAndChangesNothing() {
        house.signIn(ada, "ada");
        house.signIn(ben, "ben");

        Answer seen = ben.get(house.at(PEOPLE));
        Answer changed = change(ben, "ada", "suspend");

        assertThat(seen.status()).isEqualTo(403);
        assertThat(seen.body()).doesNotContain("Ada");
        assertThat(changed.status()).isEqualTo(403);
        assertThat(house.account("ada").state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void anAdministratorSeesWhoIsThereAndFindsThemByAPartOfTheirName() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");

        assertThat(ada.get(house.at(PEOPLE)).body())
                .contains(">Ada<", ">Ben<", "administrator", "user");
        assertThat(ada.get(house.at(PEOPLE + "?q=BE")).body())
                .contains(">Ben<")
                .doesNotContain(">Ada<");
        assertThat(ada.get(house.at(PEOPLE + "?q=%25")).body())
                .contains("Nobody is called like that")
                .doesNotContain(">Ben<");
        assertThat(ada.get(house.at(pageOf("ben"))).body())
                .contains("Ben", house.account("ben").id().value(), "Suspend");
    }

    @Test
    void suspendingSomebodyClosesTheirOpenPageAndRestoringLetsThemBackIn() {
        SignedIn before = house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        VisitorSocket socket = house.openSocket(ben);
        socket.authenticate(before.accessToken());

        Answer suspended = change(ada, "ben", "suspend");

        assertThat(socket.awaitClose()).isEqualTo(1008);
        assertThat(house.account("ben").state()).isEqualTo(AccountState.SUSPENDED);
        assertThat(ada.get(URI.create(suspended.location())).body())
                .contains("Shut out everywhere");
        assertThat(change(ada, "ben", "suspend").status()).isEqualTo(409);

        assertThat(change(ada, "ben", "restore").status()).isEqualTo(302);
        house.signIn(ben, "ben");
    }

    @Test
    void theLastAdministratorCannotShutThemselvesOut() {
        house.signIn(ada, "ada");

        Answer answer = change(ada, "ada", "suspend");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("last administrator");
        assertThat(house.account("ada").state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        ada.carry("Sec-Fetch-Site", "cross-site");

        Answer answer = change(ada, "ben", "suspend");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(house.account("ben").state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void somebodyIsAttachedToTheUserThatTheyHadBefore() {
        HomeUser before =
                house.homeAssistant().addUser("Benjamin", "benjamin", "password", "system-users");
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");

        Answer answer =
                ada.postForm(
                        house.at(pageOf("ben")),
                        Map.of("change", "attach", "home", "home", "user", before.id()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        assertThat(ada.get(house.at(pageOf("ben"))).body()).contains(before.id());
    }

    @Test
    void aPageAboutSomebodyAsksHomeAssistantNothingUntilTheFormIsOpened() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        house.homeAssistant().stop();

        Answer page = ada.get(house.at(pageOf("ben")));
        Answer opened = ada.get(house.at(pageOf("ben") + "?attach=home"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains(pageOf("ben") + "?attach=home")
                .doesNotContain("Home Assistant cannot be asked");
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.body()).contains("Home Assistant cannot be asked now");
    }

    @Test
    void onlyUsersWhoAreNobodysAreOfferedAndTheRuleIsTheOneOfAttaching() {
        HomeUser free =
                house.homeAssistant().addUser("<b>Free", "free", "password", "system-users");
        HomeUser taken = house.homeAssistant().addUser("Ada A.", "a", "password", "system-admin");
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        house.link("ada", taken.id());

        String forBen = ada.get(house.at(pageOf("ben") + "?attach=home")).body();
        String forAda = ada.get(house.at(pageOf("ada") + "?attach=home")).body();

        assertThat(forBen)
                .contains("value=\"" + free.id() + "\"", "&lt;b&gt;Free (free)")
                .doesNotContain(taken.id(), "<b>");
        assertThat(forAda)
                .contains("attached to a user of Home Assistant already")
                .doesNotContain(free.id());
        assertThat(
                        ada.postForm(
                                        house.at(pageOf("ben")),
                                        Map.of(
                                                "change",
                                                "attach",
                                                "home",
                                                "home",
                                                "user",
                                                taken.id()))
                                .status())
                .isEqualTo(409);
    }

    @Test
    void anAdministratorIsNotSuspendedByWhoFoundABrowserOpen() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        house.restartGateway(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));

        Answer aboutAda = change(ada, "ada", "suspend");
        Answer restoring = change(ada, "ben", "restore");

        assertThat(aboutAda.status()).isEqualTo(403);
        assertThat(aboutAda.body()).contains("Show that it is you");
        assertThat(restoring.status()).isEqualTo(403);
        assertThat(change(ada, "ben", "suspend").status()).isEqualTo(302);
    }

    @Test
    void theUserOfSomebodyWhoWasRemovedIsGivenAwayByAnAdministrator() {
        HomeUser before =
                house.homeAssistant().addUser("Benjamin", "benjamin", "password", "system-users");
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        house.link("ben", before.id());
        change(ada, "ben", "remove");
        house.signIn(ben, "ben");

        Answer answer =
                ada.postForm(
                        house.at(pageOf("ben")),
                        Map.of("change", "attach", "home", "home", "user", before.id()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
    }

    @Test
    void whatIsAskedForByAnIdThatIsNobodysIsNotThere() {
        house.signIn(ada, "ada");

        assertThat(ada.get(house.at(PEOPLE + "/nobody")).status()).isEqualTo(404);
        assertThat(ada.postForm(house.at(PEOPLE + "/nobody"), Map.of("change", "remove")).status())
                .isEqualTo(404);
    }
}
