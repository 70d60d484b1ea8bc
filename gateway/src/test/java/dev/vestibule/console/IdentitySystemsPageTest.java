package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.ScimHouse;
import dev.vestibule.TestHouse;
import dev.vestibule.tenant.TenantSummary;
import dev.vestibule.testhouse.visitor.ScimVisitor;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What the console shows of identity systems and of whom they send away, and what it does about
/// them, in a whole gateway.
class IdentitySystemsPageTest {

    private static final String PAGE = "/auth/vestibule/console/identity-systems";
    private static final Pattern TOKEN = Pattern.compile("vst_scim_[A-Za-z0-9_-]{43}");
    private static final Pattern NEWEST = Pattern.compile("name=\"newest\" value=\"(\\d+)\"");

    private final ScimHouse scim = new ScimHouse(new TestHouse());
    private final TestHouse house = scim.house();
    private final VisitorBrowser ada = new VisitorBrowser();

    IdentitySystemsPageTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        ada.close();
        scim.close();
    }

    private Answer post(String page, Map<String, String> form) {
        return ada.postForm(house.at(page), form);
    }

    private Answer add(String name, String provider, String networks) {
        return post(
                PAGE,
                Map.of("change", "add", "name", name, "provider", provider, "networks", networks));
    }

    private Answer change(String name, String change) {
        Matcher newest = NEWEST.matcher(ada.get(house.at(PAGE + "/" + name)).body());
        assertThat(newest.find()).isTrue();
        return post(PAGE + "/" + name, Map.of("change", change, "newest", newest.group(1)));
    }

    private List<TenantSummary> clients() {
        return house.tenants().list();
    }

    private static String token(Answer answer) {
        Matcher token = TOKEN.matcher(answer.body());
        assertThat(token.find()).as(answer.body()).isTrue();
        return token.group();
    }

    private int statusWith(String token) {
        try (ScimVisitor visitor = new ScimVisitor(house.at("/scim/v2"), token)) {
            return visitor.get("/Users").status();
        }
    }

    @Test
    void anIdentitySystemIsAddedAndItsTokenIsShownOnceAndNeverInAnAddress() {
        house.signIn(ada, "ada");
        assertThat(ada.get(house.at(PAGE)).body())
                .contains("No identity system sends people", "Nobody is held", "<textarea");

        Answer added = add("okta", "op", "127.0.0.0/8\r\n2001:db8::/48");

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body()).contains(house.origin() + "/scim/v2");
        assertThat(statusWith(token(added))).isEqualTo(200);
        for (String page : List.of(PAGE, PAGE + "/okta")) {
            assertThat(ada.get(house.at(page)).body())
                    .contains("okta", "127.0.0.0/8", "2001:db8:0:0:0:0:0:0/48", ">op")
                    .doesNotContain(token(added));
        }
        Eventually.await(() -> clients().getFirst().tokens().getFirst().lastUsedAt().isPresent());
        assertThat(ada.get(house.at(PAGE)).body()).doesNotContain("never");
        assertThat(house.auditedAddresses("ScimClientAdded")).containsExactly("127.0.0.1");
    }

    @Test
    void theTokenIsRotatedAndTheFormerOneEnded() {
        house.signIn(ada, "ada");
        String first = token(add("okta", "op", ""));

        String second = token(change("okta", "rotate"));
        assertThat(List.of(statusWith(first), statusWith(second))).containsOnly(200);
        assertThat(ada.get(house.at(PAGE + "/okta")).body()).contains("former, still good");

        assertThat(change("okta", "finish").status()).isEqualTo(302);
        assertThat(statusWith(first)).isEqualTo(401);
        assertThat(statusWith(second)).isEqualTo(200);
        assertThat(change("okta", "finish").status()).isEqualTo(409);
    }

    @Test
    void aPageWithATokenThatIsLoadedAnewEndsNoTokenThatIsInUse() {
        house.signIn(ada, "ada");
        String first = token(add("okta", "op", ""));
        Map<String, String> form = Map.of("change", "rotate", "newest", "1");
        String second = token(post(PAGE + "/okta", form));

        Answer again = post(PAGE + "/okta", form);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("a newer token already");
        assertThat(List.of(statusWith(first), statusWith(second))).containsOnly(200);
        for (String newest : List.of("", "x", "99999999999999999999", "-1")) {
            assertThat(post(PAGE + "/okta", Map.of("change", "rotate", "newest", newest)).status())
                    .isEqualTo(409);
        }
    }

    @Test
    void aRemovedSystemOpensNothing() {
        house.signIn(ada, "ada");
        String token = token(add("okta", "", ""));

        Answer removed = change("okta", "remove");

        assertThat(ada.get(URI.create(removed.location())).body()).contains("Removed.");
        assertThat(statusWith(token)).isEqualTo(401);
        assertThat(ada.get(house.at(PAGE + "/okta")).status()).isEqualTo(404);
        assertThat(post(PAGE + "/okta", Map.of("change", "remove")).status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeAddedIsSaidInASentenceAndChangesNothing() {
        house.signIn(ada, "ada");
        add("okta", "op", "");

        assertThat(add("okta", "op", "").body()).contains("already");
        assertThat(add("<script>", "op", "").body())
                .contains("cannot be called so")
                .doesNotContain("<script>");
        assertThat(add("entra", "nobody", "").body()).contains("no such provider");
        assertThat(add("entra", "op", "127.0.0.1/8 <b>").body())
                .contains("127.0.0.1/8")
                .contains("is not a network");
        assertThat(add("entra", "op", "<b>").body()).contains("&lt;b&gt;").doesNotContain("<b>");
        assertThat(post(PAGE, Map.of("change", "add", "name", "entra")).status()).isEqualTo(409);
        assertThat(post(PAGE, Map.of("change", "other")).status()).isEqualTo(404);
        assertThat(clients()).hasSize(1);
    }

    /// A group of ten, whom the system then sends away at once.
    private ScimVisitor sendsTenPeopleAway() {
        ScimVisitor okta = new ScimVisitor(house.at("/scim/v2"), token(add("okta", "op", "")));
        List<String> members = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String user =
                    "{\"userName\":\"p%d\",\"displayName\":\"<i>P%d</i>\",\"active\":true}"
                            .formatted(i, i);
            members.add("{\"value\":\"" + okta.post("/Users", user).id() + "\"}");
        }
        String group =
                okta.post(
                                "/Groups",
                                "{\"displayName\":\"family\",\"members\":["
                                        + String.join(",", members)
                                        + "]}")
                        .id();
        assertThat(okta.delete("/Groups/" + group).status()).isEqualTo(503);
        Eventually.await(
                () -> house.breaker().list().stream().anyMatch(hold -> hold.waiting() == 10));
        return okta;
    }

    @Test
    void whoWouldBeGoneIsShownAndAllowedOrDismissed() {
        house.signIn(ada, "ada");
        try (ScimVisitor _ = sendsTenPeopleAway()) {
            String page = ada.get(house.at(PAGE)).body();
            assertThat(page)
                    .contains("scim:okta", "10 of 10 people", "Let them go")
                    .doesNotContain("<i>P");
            assertThat(IntStream.range(0, 10).mapToObj(i -> house.account("p" + i)))
                    .allSatisfy(
                            person ->
                                    assertThat(page)
                                            .contains("/people/" + person.id().value())
                                            .contains(person.username()));

            Map<String, String> allow = Map.of("change", "allow", "source", "scim:okta");
            Map<String, String> dismiss = Map.of("change", "dismiss", "source", "scim:okta");
            assertThat(post(PAGE, allow).status()).isEqualTo(302);
            assertThat(ada.get(house.at(PAGE)).body()).contains("allowed to go on");
            assertThat(post(PAGE, allow).status()).isEqualTo(409);
            assertThat(post(PAGE, dismiss).status()).isEqualTo(302);
            assertThat(post(PAGE, dismiss).status()).isEqualTo(409);
            assertThat(house.breaker().list()).isEmpty();
        }
    }

    @Test
    void nobodyIsLetGoWhomNobodyHolds() {
        house.signIn(ada, "ada");
        add("okta", "op", "");

        for (String source : List.of("scim:okta", "provider:op", "scim:other", "")) {
            assertThat(post(PAGE, Map.of("change", "allow", "source", source)).status())
                    .isEqualTo(409);
        }
        assertThat(house.breaker().list()).isEmpty();
    }

    @Test
    void whoHasNotProvenThemselvesLatelyChangesNothing() {
        house.signIn(ada, "ada");
        String token = token(add("okta", "op", ""));
        house.restartGateway(() -> Instant.now().plus(Duration.ofMinutes(11)));

        List<Answer> answers =
                List.of(
                        add("entra", "op", ""),
                        change("okta", "rotate"),
                        change("okta", "finish"),
                        change("okta", "remove"),
                        post(PAGE, Map.of("change", "allow", "source", "scim:okta")),
                        post(PAGE, Map.of("change", "dismiss", "source", "scim:okta")));

        assertThat(answers)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.status()).isEqualTo(403);
                            assertThat(answer.body()).contains("Show that it is you");
                        });
        assertThat(clients()).singleElement().matches(client -> client.tokens().size() == 1);
        assertThat(statusWith(token)).isEqualTo(200);
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() {
        house.signIn(ada, "ada");
        String token = token(add("okta", "op", ""));
        ada.carry("Sec-Fetch-Site", "cross-site");

        assertThat(add("entra", "op", "").status()).isEqualTo(403);
        assertThat(change("okta", "rotate").status()).isEqualTo(403);
        assertThat(change("okta", "remove").status()).isEqualTo(403);

        assertThat(clients()).singleElement().matches(client -> client.tokens().size() == 1);
        assertThat(statusWith(token)).isEqualTo(200);
    }

    @Test
    void whoAdministersOneHomeOfTwoNeitherSeesNorChangesIt() {
        try (TestHouse two = TestHouse.withACabin()) {
            two.signIn(ada, "ada");

            assertThat(ada.get(two.at("/auth/vestibule/console/people")).body())
                    .doesNotContain("identity-systems");
            assertThat(ada.get(two.at(PAGE)).status()).isEqualTo(403);
            assertThat(
                            ada.postForm(
                                            two.at(PAGE),
                                            Map.of(
                                                    "change",
                                                    "add",
                                                    "name",
                                                    "okta",
                                                    "provider",
                                                    "op"))
                                    .status())
                    .isEqualTo(403);
            assertThat(two.tenants().list()).isEmpty();
        }
    }
}
