package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.revocation.Cause;
import dev.vestibule.testhouse.proxy.Assertion;
import dev.vestibule.testhouse.proxy.AssertionLie;
import dev.vestibule.testhouse.proxy.KeyPage;
import dev.vestibule.testhouse.proxy.ScriptedProxy;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// One login where a proxy in front has asked for it already, through a whole gateway.
final class BehindAProxyTest {

    private final ScriptedProxy proxy = ScriptedProxy.start(InstantSource.system());
    private final TestHouse house = new TestHouse(Plan.USUAL.changed(InFront.signing(proxy)));
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
        proxy.close();
    }

    private Assertion assertionFor(String subject, String group) {
        return proxy.assertionFor(subject)
                .with("name", subject)
                .with("custom", Map.of("groups", List.of(group)));
    }

    private void carry(String compact) {
        browser.carry(InFront.HEADER, compact, "Cookie", "CF_Authorization=" + compact);
    }

    private SignedIn comeIn() {
        return house.redeem(
                browser,
                GatewayHouse.codeIn(browser.walk(house.authorizeAddress(), house.landing())));
    }

    private JsonNode whoIs(SignedIn somebody) {
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(somebody.accessToken())).isEqualTo("auth_ok");
            return socket.call(command("auth/current_user"));
        }
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private void expectTheProvidersPage() {
        Answer answer = browser.get(house.authorizeAddress());
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).startsWith(house.provider().issuer().toString());
    }

    @Test
    void whoSignedInAtTheProxyIsInTheHouseWithoutAPage() {
        carry(assertionFor("ada", "admins").signed());

        JsonNode ada = whoIs(comeIn());

        assertThat(ada.path("name").asText()).isEqualTo("ada");
        assertThat(ada.path("is_admin").asBoolean()).isTrue();
        assertThat(house.provider().requests()).isEmpty();
    }

    @Test
    void theirRoleIsWhatTheProxySays() {
        carry(assertionFor("ben", "family").signed());

        assertThat(whoIs(comeIn()).path("is_admin").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("B1: neither the assertion nor the proxy's cookie reaches Home Assistant")
    void whatTheProxySaysStaysHere() {
        String compact = assertionFor("ben", "family").signed();
        carry(compact);
        SignedIn ben = comeIn();
        browser.carry(
                InFront.HEADER,
                compact,
                "Cookie",
                "CF_Authorization=" + compact,
                "Cf-Access-Authenticated-User-Email",
                "ben@example.org",
                "X-Kept",
                "kept-header");

        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(200);

        assertThat(house.homeAssistant().record().contains("kept-header")).isTrue();
        assertThat(house.homeAssistant().record().contains(compact)).isFalse();
        assertThat(house.homeAssistant().record().contains("ben@example.org")).isFalse();
    }

    @Test
    void aSecondVisitMakesNoSecondSession() {
        carry(assertionFor("ben", "family").signed());
        comeIn();
        comeIn();

        assertThat(house.gateway().facts().audit().newest(100))
                .filteredOn(line -> line.kind().equals("SignedIn"))
                .hasSize(1);
    }

    @Test
    void nobodyGoesOnAsWhoeverSatThereBefore() {
        carry(assertionFor("ada", "admins").signed());
        SignedIn ada = comeIn();
        assertThat(refresh(ada)).isEqualTo(200);
        carry(assertionFor("ada", "admins").signed());
        assertThat(refresh(ada)).as("a newer assertion of the same person").isEqualTo(200);
        carry(assertionFor("ben", "family").signedFalsely(AssertionLie.STRANGER));
        assertThat(refresh(ada)).as("a forged assertion").isEqualTo(200);

        carry(assertionFor("ben", "family").signed());

        assertThat(refresh(ada)).isEqualTo(400);
        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(401);
        assertThat(house.isAuditedFor("it names somebody else")).isTrue();
        assertThat(whoIs(comeIn()).path("name").asText()).isEqualTo("ben");
    }

    private int refresh(SignedIn somebody) {
        return house.refresh(browser, somebody.refreshToken(), house.clientId()).status();
    }

    /// People who signed in at the provider are others to the proxy, which names them all the time.
    @Test
    void whoeverSignedInThemselvesIsNotSentAwayByARefresh() {
        SignedIn ada = house.signIn(browser, "ada");
        carry(assertionFor("ben", "family").signed());

        assertThat(refresh(ada)).isEqualTo(200);
    }

    @Test
    void whoeverSitsThereNowReplacesWhoeverSatThereBefore() {
        carry(assertionFor("ada", "admins").signed());
        SignedIn ada = comeIn();
        carry(assertionFor("ben", "family").signed());

        SignedIn ben = comeIn();

        assertThat(whoIs(ben).path("name").asText()).isEqualTo("ben");
        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(401);
    }

    @Test
    void afterSigningOutThePageIsShownAndNobodyIsSignedInByItself() {
        carry(assertionFor("ben", "family").signed());
        SignedIn ben = comeIn();
        var _ =
                browser.postForm(
                        house.at("/auth/revoke"),
                        Map.of("token", ben.refreshToken(), "token_type_hint", "refresh_token"));

        Answer answer = browser.get(house.authorizeAddress());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.location()).isEmpty();
    }

    @Test
    @DisplayName("B10, B11: what is not to be believed signs nobody in, and the other ways go on")
    void whatIsNotToBeBelievedSignsNobodyIn() {
        Map<String, String> lies =
                Map.of(
                        "assertion-audience-mismatch",
                        assertionFor("ada", "admins").with("aud", "another-app").signed(),
                        "assertion-issuer-mismatch",
                        assertionFor("ada", "admins").with("iss", "https://evil.example").signed(),
                        "assertion-expired",
                        assertionFor("ada", "admins")
                                .with("exp", Instant.now().minusSeconds(60).getEpochSecond())
                                .signed(),
                        "assertion-signature-invalid",
                        assertionFor("ada", "admins").signedFalsely(AssertionLie.STRANGER));

        lies.forEach(
                (reason, lie) -> {
                    carry(lie);
                    expectTheProvidersPage();
                    assertThat(house.isAuditedFor(reason)).as(reason).isTrue();
                });
        assertThat(house.gateway().accounts().list()).isEmpty();
    }

    @Test
    @DisplayName("B10: plain headers beside a refused assertion are worth nothing")
    void plainHeadersBesideARefusedAssertionAreWorthNothing() {
        String[] plain = {"Remote-User", "ben", "Remote-Groups", "admins"};
        String lie = assertionFor("ada", "admins").signedFalsely(AssertionLie.STRANGER);
        try (TestHouse both = new TestHouse(Plan.USUAL.changed(InFront.both(proxy, "127.0.0.1")));
                VisitorBrowser honest = new VisitorBrowser()) {
            browser.carry(InFront.HEADER, lie, plain[0], plain[1], plain[2], plain[3]);
            honest.carry(plain);

            assertThat(browser.get(both.authorizeAddress()).location())
                    .startsWith(both.provider().issuer().toString());
            assertThat(honest.get(both.authorizeAddress()).location()).startsWith(both.landing());
        }
    }

    @Test
    @DisplayName("B1, B10: a header without a signature is nobody")
    void anUnsignedNameIsNobody() {
        browser.carry(
                "Cf-Access-Authenticated-User-Email",
                "ada@example.org",
                "Remote-User",
                "ada",
                "Remote-Groups",
                "admins",
                "X-authentik-username",
                "ada",
                "X-Forwarded-User",
                "ada");

        expectTheProvidersPage();
    }

    @Test
    @DisplayName("B2: a second header beside the proxy's makes both worth nothing")
    void aSecondHeaderMakesBothWorthNothing() {
        String compact = assertionFor("ada", "admins").signed();
        browser.carry(InFront.HEADER, compact, "Cf_Access_Jwt_Assertion", compact);

        expectTheProvidersPage();
        assertThat(house.isAuditedFor("assertion-header-doubled")).isTrue();
    }

    @Test
    void whileTheKeysAreAwayTheOtherWaysGoOn() {
        proxy.answerKeysWith(KeyPage.BROKEN);
        carry(assertionFor("ada", "admins").signed());

        expectTheProvidersPage();
        assertThat(house.isAuditedFor("assertion-unjudgeable")).isTrue();
    }

    @Test
    void whoHasNoRoleIsRefused() {
        carry(assertionFor("sam", "others").signed());

        assertThat(browser.get(house.authorizeAddress()).status()).isEqualTo(403);
    }

    @Test
    void whoLosesAGroupAtTheProxyLosesTheRoleAtTheNextVisit() {
        carry(assertionFor("ada", "admins").signed());
        comeIn();
        carry(assertionFor("ada", "family").signed());

        assertThat(whoIs(comeIn()).path("is_admin").asBoolean()).isFalse();
    }

    @Test
    void whoLosesEveryGroupAtTheProxyLosesEverything() {
        carry(assertionFor("ada", "admins").signed());
        SignedIn ada = comeIn();
        carry(assertionFor("ada", "others").signed());

        assertThat(browser.get(house.authorizeAddress()).status()).isEqualTo(403);
        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(401);
    }

    @Test
    void whoSignedInThemselvesStaysWhereTheProxyNamesNobodyOfTheHouse() {
        house.signIn(browser, "ada");
        carry(assertionFor("sam", "others").with("iat", later()).signed());

        assertThat(whoIs(comeIn()).path("name").asText()).isEqualTo("Ada");
    }

    @Test
    void whoSignedInThemselvesAfterTheProxySpokeStays() {
        String before = assertionFor("ben", "family").with("iat", earlier()).signed();
        house.signIn(browser, "ada");
        carry(before);

        assertThat(whoIs(comeIn()).path("name").asText()).isEqualTo("Ada");
    }

    @Test
    void whomTheProxyNamesAfterwardsReplacesWhoSignedInThemselves() {
        house.signIn(browser, "ada");
        carry(assertionFor("ben", "family").with("iat", later()).signed());

        assertThat(whoIs(comeIn()).path("name").asText()).isEqualTo("ben");
    }

    @Test
    void aNobodyBehindTheProxyDoesNotGoOnAsWhoeverCameByItBefore() {
        carry(assertionFor("ada", "admins").signed());
        comeIn();
        carry(assertionFor("sam", "others").signed());

        assertThat(browser.get(house.authorizeAddress()).status()).isEqualTo(403);
    }

    @Test
    void whomAProviderSwitchedOffAProxyDoesNotSwitchOn() {
        carry(assertionFor("ben", "family").signed());
        comeIn();
        Account ben = house.gateway().accounts().list().getFirst();
        var _ =
                house.gateway()
                        .facts()
                        .lifecycle()
                        .suspend(
                                ben.id(),
                                SuspendedBy.PROVIDER,
                                new Cause("op", EndReason.BY_OPERATOR, "-"));

        assertThat(browser.get(house.authorizeAddress()).status()).isEqualTo(403);
        assertThat(house.gateway().accounts().list().getFirst().isActive()).isFalse();
    }

    /// Within the leeway between the proxy's clock and ours.
    private static long later() {
        return Instant.now().plusSeconds(20).getEpochSecond();
    }

    private static long earlier() {
        return Instant.now().minusSeconds(20).getEpochSecond();
    }
}
