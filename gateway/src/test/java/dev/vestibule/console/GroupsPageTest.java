package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.ScimHouse;
import dev.vestibule.TestHouse;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.oidc.ClaimTrial;
import dev.vestibule.scim.ScimClient;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What the console shows of groups, and what it says a token would give.
class GroupsPageTest {

    private static final String GROUPS = "/auth/vestibule/console/groups";
    private static final HomeId HOME = new HomeId("home");

    private final TestHouse house = new TestHouse();
    private final ScimHouse scim = new ScimHouse(house);
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser ben = new VisitorBrowser();

    GroupsPageTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
        ben.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        scim.close();
    }

    private String page() {
        Answer answer = ada.get(house.at(GROUPS));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private Answer trying(VisitorBrowser browser, String token) {
        return browser.postForm(house.at(GROUPS), Map.of("provider", "op", "token", token));
    }

    private String outcome(String token) {
        Answer answer = trying(ada, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String claims(String subject, String groups) {
        return "{\"sub\": \"" + subject + "\", \"groups\": " + groups + "}";
    }

    @Test
    void theMappingsStandThereWithHowManyPeopleHaveEachRole() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");

        assertThat(page().replaceAll("\\s+", " "))
                .containsPattern("administrator(<[^>]*>| )*admins(<[^>]*>| )*1")
                .containsPattern("family(<[^>]*>| )*1")
                .containsPattern("guests(<[^>]*>| )*0")
                .containsPattern("refused(<[^>]*>| )*everybody else")
                .doesNotContain("Groups that identity systems have sent");
    }

    @Test
    void groupsThatWereSentAreShownWithTheirMembersAndWhatTheyGive() {
        house.signIn(ada, "ada");
        ScimClient okta = scim.client("okta");
        assertThat(page()).contains("No group has been sent.");
        String eve = okta.post("/Users", "{\"userName\":\"eve\"}").expect(201).id();
        okta.post("/Groups", ScimClient.group("family", eve)).expect(201);
        okta.post("/Groups", ScimClient.group("<i>choir")).expect(201);

        assertThat(page().replaceAll("\\s+", " "))
                .containsPattern("family(<[^>]*>| )*okta(<[^>]*>| )*1(<[^>]*>| )*user")
                .containsPattern("&lt;i&gt;choir(<[^>]*>| )*okta(<[^>]*>| )*0(<[^>]*>| )*nothing")
                .doesNotContain("<i>");
    }

    @Test
    void aTokenIsToldWhatItWouldGiveAndWhy() {
        house.signIn(ada, "ada");

        String page = outcome(claims("<b>new", "[\"family\", \"<u>\", \"guests\"]"));

        assertThat(page)
                .contains("Nothing vouches for it", "would be refused at a sign-in")
                .contains("iss must be its issuer", "aud must hold the client id")
                .contains("&lt;b&gt;new", "&lt;u&gt;", "The line roles.user", ">family<")
                .doesNotContain("<b>", "<u>", "<textarea id=\"token\" name=\"token\">{");
        assertThat(outcome(claims("sam", "\"others\"")))
                .contains(">refused<", "No line names any of the groups");
        assertThat(house.isAudited("SignInRefused")).isFalse();
    }

    @Test
    void whatIsWrongWithThePastedIsSaid() {
        house.signIn(ada, "ada");

        assertThat(outcome("{\n\"sub\" oops}")).contains("line 2, column").doesNotContain("oops");
        assertThat(outcome("hello")).contains("neither a token");
        assertThat(outcome("{}"))
                .contains("names nobody", "iss is missing", "sub is missing")
                .doesNotContain("iss is <");
        assertThat(outcome("{" + " ".repeat(ClaimTrial.LENGTH_MAX) + "}"))
                .contains("longer than the 32,768 characters");
        assertThat(ada.postForm(house.at(GROUPS), Map.of("provider", "x", "token", "{}")).status())
                .isEqualTo(404);
    }

    @Test
    void whatDoesNotCountIsSaidInTheLanguageOfWhoeverReads() {
        house.signIn(ada, "ada");
        ada.carry("Sec-Fetch-Site", "same-origin", "Accept-Language", "de");

        assertThat(outcome(claims("eve", "7")))
                .contains("iss fehlt", "groups ist weder eine Liste noch ein Text");
    }

    @Test
    void theGroupsOfAnIdentitySystemCountAndASuspendedAccountStaysOut() {
        house.signIn(ada, "ada");
        ScimClient okta = scim.client("okta");
        String eve =
                okta.post("/Users", "{\"userName\":\"eve\",\"externalId\":\"eve\"}")
                        .expect(201)
                        .id();
        okta.post("/Groups", ScimClient.group("guests", eve)).expect(201);

        assertThat(outcome(claims("eve", "[\"admins\"]")))
                .contains("and not those of the token", "The line roles.viewer", ">guests<")
                .doesNotContain("The line roles.admin");

        house.signIn(ben, "ben");
        house.suspend("ben");
        assertThat(outcome(claims("ben", "[\"admins\"]")))
                .contains("Their account is suspended")
                .doesNotContain("The line roles.admin");
    }

    /// What is said of somebody whose token names the administrators; saying it changes nothing.
    private String foretold(TestHouse at, String subject) {
        List<AuditLog.Line> before = decided(at);
        int people = at.gateway().accounts().list().size();
        String page =
                ada.postForm(
                                at.at(GROUPS),
                                Map.of("provider", "op", "token", claims(subject, "[\"admins\"]")))
                        .body();
        assertThat(decided(at)).isEqualTo(before);
        assertThat(at.gateway().accounts().list()).hasSize(people);
        return page;
    }

    /// What Home Assistant is told meanwhile is in the log, too, and nothing of a trial.
    private static List<AuditLog.Line> decided(TestHouse at) {
        return at.audited().stream()
                .filter(line -> !line.kind().equals("UserProvisioned"))
                .toList();
    }

    private static String sent(ScimClient client, String user, String externalId, String group) {
        String id = client.post("/Users", ScimClient.user(user, externalId)).expect(201).id();
        client.post("/Groups", ScimClient.group(group, id)).expect(201);
        return id;
    }

    @Test
    void whomAnIdentitySystemDeletedBeforeTheyEverCameStaysOut() {
        house.signIn(ada, "ada");
        ScimClient okta = scim.client("okta");
        okta.delete("/Users/" + sent(okta, "vic", "vic", "guests")).expect(204);

        assertThat(foretold(house, "vic"))
                .contains("Their account is suspended")
                .doesNotContain("The line roles.admin");
    }

    @Test
    void whoIsHereAndWasSentUnderAnotherNameIsJoinedAndTheSentGroupsCount() {
        house.signIn(ada, "ada");
        ScimClient okta = scim.client("okta");
        house.signIn(ben, "ben");
        String id = sent(okta, "benjamin", "b-1", "guests");
        okta.put("/Users/" + id, ScimClient.user("benjamin", "ben")).expect(200);

        assertThat(foretold(house, "ben"))
                .contains("and not those of the token", "The line roles.viewer", ">guests<")
                .doesNotContain("The line roles.admin");
        house.signIn(ben, "ben");
        assertThat(house.gateway().accounts().roleOf(house.account("benjamin").id(), HOME))
                .contains(Role.VIEWER);
    }

    @Test
    void whomAnOperatorRemovedIsSomebodyNewWhoWasSent() {
        try (ScimHouse systems = new ScimHouse(new TestHouse(onlySent()))) {
            TestHouse strict = systems.house();
            ScimClient okta = systems.client("okta");
            sent(okta, "ada", "ada", "admins");
            strict.signIn(ada, "ada");
            sent(okta, "sam", "sam", "guests");
            strict.remove("sam");

            assertThat(foretold(strict, "sam"))
                    .contains("and not those of the token", "The line roles.viewer")
                    .doesNotContain("none sent them");
            strict.signIn(ben, "sam");
            assertThat(strict.gateway().accounts().roleOf(strict.account("sam").id(), HOME))
                    .contains(Role.VIEWER);
        }
    }

    private static ScimConfig onlySent() {
        return new ScimConfig(
                ScimConfig.DEFAULTS.match(),
                ScimConfig.DEFAULTS.claim(),
                ScimConfig.DEFAULTS.rolesFrom(),
                ScimConfig.People.SCIM_ONLY);
    }

    /// Attack: a made-up token with the subject of a stranger and the groups of one's own home; a
    /// refusal would tell that there is an account, and that it is suspended.
    @Test
    void anAccountOfAnotherHomeChangesNothingOfWhatIsToldToTheAdministratorOfThisOne() {
        try (ScimHouse systems = new ScimHouse(TestHouse.withACabin())) {
            TestHouse two = systems.house();
            ScimClient okta = systems.client("okta");
            String flo = okta.post("/Users", ScimClient.user("flo", "flo")).expect(201).id();
            String zyx = okta.post("/Users", ScimClient.user("zyx", "zyx")).expect(201).id();
            okta.post("/Groups", ScimClient.group("foresters", flo, zyx)).expect(201);
            two.suspend("zyx");
            two.signIn(ben, "ben");
            two.suspend("ben");
            two.signIn(ada, "ada");

            assertThat(foretold(two, "zyx").replace("zyx", "nobody"))
                    .contains("The line roles.admin", "That is what the groups alone give.")
                    .doesNotContain(">refused<", "suspended", "foresters")
                    .isEqualTo(foretold(two, "nobody"));
            assertThat(foretold(two, "ben"))
                    .contains("Their account is suspended")
                    .doesNotContain("That is what the groups alone give.");
        }
    }

    @Test
    void whomNoIdentitySystemSentStaysOutWhereOnlyTheirPeopleComeIn() {
        try (ScimHouse systems = new ScimHouse(new TestHouse(onlySent()))) {
            TestHouse strict = systems.house();
            ScimClient okta = systems.client("okta");
            String admin =
                    okta.post("/Users", "{\"userName\":\"ada\",\"externalId\":\"ada\"}")
                            .expect(201)
                            .id();
            okta.post("/Groups", ScimClient.group("admins", admin)).expect(201);
            strict.signIn(ada, "ada");

            assertThat(
                            ada.postForm(
                                            strict.at(GROUPS),
                                            Map.of(
                                                    "provider",
                                                    "op",
                                                    "token",
                                                    claims("sam", "[\"admins\"]")))
                                    .body())
                    .contains("and none sent them")
                    .doesNotContain("The line roles.admin");
        }
    }

    @Test
    void anAdministratorOfOneHomeSeesNothingOfTheOther() {
        try (ScimHouse systems = new ScimHouse(TestHouse.withACabin())) {
            TestHouse two = systems.house();
            systems.client("okta").post("/Groups", ScimClient.group("choir")).expect(201);
            two.signIn(ada, "ada");

            assertThat(ada.get(two.at(GROUPS)).body())
                    .contains(">admins<")
                    .doesNotContain("foresters", "cabin", "choir");
            assertThat(
                            ada.postForm(
                                            two.at(GROUPS),
                                            Map.of(
                                                    "provider",
                                                    "op",
                                                    "token",
                                                    claims("sam", "[\"family\"]")))
                                    .body())
                    .contains("The line roles.user")
                    .doesNotContain("foresters", "cabin");
        }
    }

    @Test
    void nobodyElseTriesOneAndNoOtherSiteDoes() {
        house.signIn(ada, "ada");
        house.signIn(ben, "ben");

        assertThat(ben.get(house.at(GROUPS)).status()).isEqualTo(403);
        assertThat(trying(ben, claims("ada", "[]")).status()).isEqualTo(403);
        ada.carry("Sec-Fetch-Site", "cross-site");
        assertThat(trying(ada, claims("ada", "[]")).status()).isEqualTo(403);
    }
}
