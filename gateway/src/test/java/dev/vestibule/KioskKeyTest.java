package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ExplainControl.ExplainAnswer;
import dev.vestibule.cli.KioskControl.KioskKeyLine;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A wall tablet that must hold a key which an administrator approved, through a whole gateway. The
/// browser's cryptography is [KioskProof]'s; the e2e tests have a browser do it.
final class KioskKeyTest {

    private static final Pattern ONWARD =
            Pattern.compile("href=\"/auth/vestibule/sign-in[^\"]*\\?choice=([^\"]+)\"");

    private final TestHouse house =
            new TestHouse(Plan.USUAL.changed(Tablets.holdingAKey("hallway", "127.0.0.7")));
    private final VisitorBrowser tablet = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.7"));
    private final VisitorBrowser elsewhere = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.8"));
    private final VisitorBrowser desk = new VisitorBrowser();
    private final KeyPair key = KioskProof.newKey("secp256r1");
    private final KioskProof proof = new KioskProof(house);

    @AfterEach
    void close() {
        tablet.close();
        elsewhere.close();
        desk.close();
        house.close();
    }

    private void approveAsAda(String code) {
        house.signIn(desk, "ada");
        assertThat(proof.approve(desk, Map.of("code", code)).body())
                .contains("hallway", "127.0.0.7", code);
        assertThat(proof.approve(desk, Map.of("code", code, "confirmed", "yes")).status())
                .isEqualTo(200);
    }

    private String choice() {
        Answer answer = tablet.get(house.authorizeAddress());
        assertThat(answer.location()).contains("choice=");
        return answer.location().replaceFirst(".*choice=", "");
    }

    /// Attack: somebody takes the name of whoever approved a key, or another one for themselves.
    @Test
    void whoApprovedAKeyIsSaidByWhoTheyAreAndNotByTheirName() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, choice())));
        String kiosks = "/auth/vestibule/console/kiosks";
        String link = "/people/" + house.account("ada").id().value() + "\"";
        assertThat(desk.get(house.at(kiosks)).body()).contains(link);

        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                tx.execute(
                                        "UPDATE kiosk_key"
                                                + " SET approver_id = '', approved_by = 'olga'"));

        assertThat(desk.get(house.at(kiosks)).body()).contains("olga").doesNotContain(link);
    }

    @Test
    void anApprovedKeySignsTheTabletInAndBringsItToItsDashboard() {
        String choice = choice();
        assertThat(tablet.get(house.at("/auth/vestibule/sign-in?choice=" + choice)).body())
                .contains("kiosk-offer", KioskProof.PROVE);
        approveAsAda(KioskProof.code(proof.show(tablet, key, choice)));

        Answer back = proof.show(tablet, key, choice);

        SignedIn hallway = house.redeem(tablet, GatewayHouse.codeIn(back));
        try (VisitorSocket socket = house.openSocket(tablet)) {
            assertThat(socket.authenticate(hallway.accessToken())).isEqualTo("auth_ok");
            JsonNode user =
                    socket.call(
                            JsonNodeFactory.instance.objectNode().put("type", "auth/current_user"));
            assertThat(user.path("name").asText()).isEqualTo("hallway");
        }
        assertThat(house.isAudited("KioskKeyApproved")).isTrue();
    }

    private String explained() {
        ExplainAnswer answer = house.gateway().commands().explain().named("hallway");
        return answer instanceof ExplainAnswer.Told(var explanation)
                ? explanation.lines().toString()
                : answer.toString();
    }

    @Test
    void explainKnowsWhetherThereIsAKeyThatIsTaken() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));
        assertThat(proof.show(tablet, key, "").status()).isEqualTo(302);
        assertThat(explained())
                .contains("wall tablet at home: yes, as user, from its network and with its key");

        house.gateway().commands().kiosks().remove(keys().getFirst().id());

        assertThat(explained()).contains("wall tablet at home: no: no key of it is approved");
        assertThat(KioskProof.code(proof.show(tablet, key, ""))).isNotEmpty();
    }

    @Test
    @DisplayName("F11: the network alone is not enough")
    void theNetworkAloneIsNotEnough() {
        assertThat(tablet.get(house.authorizeAddress()).location()).contains("choice=");
        assertThat(proof.show(tablet, key, "").status()).isEqualTo(200);
        assertThat(house.gateway().accounts().list()).isEmpty();
    }

    @Test
    @DisplayName("F11: an approved key in another network is not enough")
    void theKeyAloneIsNotEnough() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));

        assertThat(proof.page(elsewhere, "").status()).isEqualTo(403);
        assertThat(proof.post(elsewhere, "x", key, "y", "").status()).isEqualTo(403);
    }

    @Test
    void aChallengeIsGoodOnceAndInItsBrowser() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));
        String challenge = KioskProof.datum(proof.page(tablet, ""), "challenge");
        try (VisitorBrowser other = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.7"))) {
            var _ = proof.page(other, "");
            assertThat(proof.post(other, challenge, key, proof.sign(key, challenge), "").status())
                    .isEqualTo(400);
        }

        assertThat(proof.post(tablet, challenge, key, proof.sign(key, challenge), "").status())
                .isEqualTo(302);
        assertThat(proof.post(tablet, challenge, key, proof.sign(key, challenge), "").status())
                .isEqualTo(400);
    }

    @Test
    void whatWasNotSignedByTheKeyProvesNothing() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));
        KeyPair other = KioskProof.newKey("secp256r1");
        String challenge = KioskProof.datum(proof.page(tablet, ""), "challenge");

        Answer answer = proof.post(tablet, challenge, key, proof.sign(other, challenge), "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(house.isAuditedFor("kiosk-proof-invalid")).isTrue();
    }

    @Test
    void aKeyOnAnotherCurveIsNoKey() {
        assertThat(proof.show(tablet, KioskProof.newKey("secp384r1"), "").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("F8: a form on another site proves nothing")
    void aFormOnAnotherSiteProvesNothing() {
        String challenge = KioskProof.datum(proof.page(tablet, ""), "challenge");
        tablet.carry("Sec-Fetch-Site", "cross-site");

        assertThat(
                        tablet.postForm(house.at(KioskProof.PROVE), Map.of("challenge", challenge))
                                .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("F9: a code is good once, and not for whoever is no administrator")
    void aCodeIsGoodOnceAndForAdministrators() {
        String code = KioskProof.code(proof.show(tablet, key, ""));
        assertThat(proof.approve(elsewhere, Map.of("code", code)).status()).isEqualTo(302);
        house.signIn(elsewhere, "ben");
        assertThat(proof.approve(elsewhere, Map.of("code", code)).status()).isEqualTo(403);
        assertThat(proof.approve(elsewhere, Map.of("code", code, "confirmed", "yes")).status())
                .isEqualTo(403);

        approveAsAda(code);

        assertThat(proof.approve(desk, Map.of("code", code, "confirmed", "yes")).status())
                .isEqualTo(400);
        assertThat(keys()).hasSize(1);
    }

    @Test
    @DisplayName("F9: an emergency approves no tablet, which would stay when it is over")
    void anEmergencyApprovesNoTablet() {
        String code = KioskProof.code(proof.show(tablet, key, ""));
        var console = house.gateway().commands().emergency();
        if (!(console.breakGlass("", true) instanceof ControlOutcome.NewToken(var right, _))) {
            throw new AssertionError("no code");
        }
        desk.carry("Sec-Fetch-Site", "same-origin");
        assertThat(
                        desk.postForm(
                                        house.at("/auth/vestibule/break-glass"),
                                        Map.of("code", right.reveal()))
                                .status())
                .isEqualTo(302);

        assertThat(proof.approve(desk, Map.of("code", code)).body())
                .contains("Not with this sign-in")
                .doesNotContain("127.0.0.7");
        assertThat(proof.approve(desk, Map.of("code", code, "confirmed", "yes")).status())
                .isEqualTo(403);
        assertThat(keys()).isEmpty();
    }

    @Test
    @DisplayName("F9: who may come in from home only approves no tablet from elsewhere")
    void anAdministratorWhoMayComeFromHomeOnlyApprovesNoTabletFromElsewhere() {
        String code = KioskProof.code(proof.show(tablet, key, ""));
        house.signIn(desk, "ada");
        house.homeAssistant()
                .setLocalOnly(house.homeAssistant().userNamed("Ada").orElseThrow().id(), true);
        Eventually.await(
                () -> desk.get(house.at("/auth/vestibule/console/people")).status() == 403);

        assertThat(proof.approve(desk, Map.of("code", code)).body())
                .contains("Not from here")
                .doesNotContain("127.0.0.7");
        assertThat(proof.approve(desk, Map.of("code", code, "confirmed", "yes")).status())
                .isEqualTo(403);
        assertThat(keys()).isEmpty();
    }

    @Test
    @DisplayName("F9: an administrator has five tries")
    void anAdministratorHasFiveTries() {
        String code = KioskProof.code(proof.show(tablet, key, ""));
        house.signIn(desk, "ada");
        for (String wrong : List.of("AAAA-AAAA", "x", "", "BBBB-BBBB", "CCCC-CCCC")) {
            assertThat(proof.approve(desk, Map.of("code", wrong)).status()).isEqualTo(400);
        }

        assertThat(proof.approve(desk, Map.of("code", code, "confirmed", "yes")).status())
                .isEqualTo(429);
        assertThat(keys()).isEmpty();
    }

    @Test
    @DisplayName("F8: another site approves nothing")
    void anotherSiteApprovesNothing() {
        String code = KioskProof.code(proof.show(tablet, key, ""));
        house.signIn(desk, "ada");
        desk.carry("Sec-Fetch-Site", "cross-site");

        assertThat(
                        desk.postForm(
                                        house.at(KioskProof.APPROVE),
                                        Map.of("code", code, "confirmed", "yes"))
                                .status())
                .isEqualTo(403);
        assertThat(keys()).isEmpty();
    }

    @Test
    @DisplayName("F8: a link puts no tablet in the place of a person, their own button does")
    void aLinkPutsNoTabletInThePlaceOfAPerson() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));
        house.signIn(tablet, "ben");

        Answer asked = proof.page(tablet, "");

        assertThat(asked.body()).contains("Ben", "hallway").doesNotContain("challenge");
        tablet.carry("Sec-Fetch-Site", "cross-site");
        assertThat(tablet.postForm(house.at(KioskProof.PROVE), Map.of("choice", "")).status())
                .isEqualTo(403);
        tablet.carry("Sec-Fetch-Site", "same-origin");
        Answer pressed = tablet.postForm(house.at(KioskProof.PROVE), Map.of("choice", ""));
        String challenge = KioskProof.datum(pressed, "challenge");
        assertThat(proof.post(tablet, challenge, key, proof.sign(key, challenge), "").status())
                .isEqualTo(302);
        assertThat(proof.page(tablet, "").body()).contains("challenge");
    }

    @Test
    void aTabletThatAPasserBySignsOutIsOfferedItsWayBack() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));
        assertThat(proof.show(tablet, key, "").status()).isEqualTo(302);
        tablet.carry("Sec-Fetch-Site", "same-origin");
        var _ =
                tablet.postForm(
                        house.at("/auth/vestibule/sign-out"), Map.of("where", "everywhere"));
        tablet.carry();

        String choice = choice();

        assertThat(tablet.get(house.at("/auth/vestibule/sign-in?choice=" + choice)).body())
                .contains("kiosk-offer");
    }

    @Test
    void aTabletThatHoldsItsKeyGoesOnAfterTheGatewayHasStartedAgain() {
        String choice = choice();
        approveAsAda(KioskProof.code(proof.show(tablet, key, choice)));
        SignedIn hallway =
                house.redeem(tablet, GatewayHouse.codeIn(proof.show(tablet, key, choice)));

        house.restartGateway();

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
    }

    private List<KioskKeyLine> keys() {
        return house.gateway().commands().kiosks().list();
    }

    /// The removal falls between the transaction that finds the key and the one that opens the
    /// session.
    @Test
    void aKeyThatIsRemovedWhileItIsUsedOpensNoSession() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));
        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                tx.execute(
                                        """
                                        CREATE TRIGGER removed_at_once AFTER UPDATE ON kiosk_key
                                        BEGIN DELETE FROM kiosk_key WHERE id = NEW.id; END
                                        """));

        assertThat(proof.show(tablet, key, "").status()).isEqualTo(403);

        assertThat(house.gateway().accounts().list())
                .extracting(account -> account.username())
                .containsExactly("ada");
        assertThat(house.isAuditedFor("proof-gone")).isTrue();
    }

    private String choiceForAnApp(VisitorBrowser browser) {
        try (CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID)) {
            Answer told = browser.get(house.at("/auth/app/" + CompanionPhone.linkIn(phone.open())));
            Matcher onward = ONWARD.matcher(told.body());
            assertThat(onward.find()).as(told.body()).isTrue();
            return onward.group(1);
        }
    }

    /// What lets in an app is a person.
    @Test
    void aTabletThatOpensTheLinkOfAnAppIsNotOfferedToGoOnAsItself() {
        String choice = choiceForAnApp(tablet);

        Answer page = tablet.get(house.at("/auth/vestibule/sign-in?choice=" + choice));

        assertThat(page.body()).doesNotContain("kiosk-offer").doesNotContain(KioskProof.PROVE);
    }

    @Test
    void aTabletThatProvesItsKeyForAnAppHearsThatAPersonMustDoThat() {
        approveAsAda(KioskProof.code(proof.show(tablet, key, "")));

        Answer page = proof.show(tablet, key, choiceForAnApp(tablet));

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body())
                .contains("A person has to do this")
                .containsPattern("href=\"/auth/app/\\w+\">Sign in another way")
                .doesNotContain("came from somewhere else");
        assertThat(house.isAudited("HandOffConfirmed")).isFalse();
    }

    @Test
    void aRemovedKeyOpensNothingAndWhatItOpenedEnds() {
        String choice = choice();
        approveAsAda(KioskProof.code(proof.show(tablet, key, choice)));
        SignedIn hallway =
                house.redeem(tablet, GatewayHouse.codeIn(proof.show(tablet, key, choice)));

        house.gateway().commands().kiosks().remove(keys().getFirst().id());

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(401);
        assertThat(proof.show(tablet, key, "").status()).isEqualTo(200);
        assertThat(keys()).isEmpty();
    }

    @Test
    void aKeyIsRemovedAtTheConsoleByAnAdministratorAlone() {
        String choice = choice();
        approveAsAda(KioskProof.code(proof.show(tablet, key, choice)));
        SignedIn hallway =
                house.redeem(tablet, GatewayHouse.codeIn(proof.show(tablet, key, choice)));
        String console = "/auth/vestibule/console/kiosks";
        Map<String, String> form = Map.of("key", keys().getFirst().id());
        assertThat(desk.get(house.at(console)).body())
                .contains(
                        "hallway",
                        "127.0.0.7",
                        "a key, in its network",
                        ">Remove<",
                        KioskProof.APPROVE)
                .containsPattern("Approved by\">\\s*<a [^>]*>ada<");

        house.signIn(elsewhere, "ben");
        elsewhere.carry("Sec-Fetch-Site", "same-origin");
        assertThat(elsewhere.postForm(house.at(console), form).status()).isEqualTo(403);
        desk.carry("Sec-Fetch-Site", "cross-site");
        assertThat(desk.postForm(house.at(console), form).status()).isEqualTo(403);
        assertThat(keys()).hasSize(1);
        desk.carry("Sec-Fetch-Site", "same-origin");
        assertThat(desk.postForm(house.at(console), form).status()).isEqualTo(302);

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(401);
        assertThat(keys()).isEmpty();
        assertThat(house.isAudited("KioskKeyRemoved")).isTrue();
        assertThat(desk.postForm(house.at(console), form).status()).isEqualTo(404);
        assertThat(desk.get(house.at(console)).body()).contains("No key was approved.");
    }

    @Test
    void anAdministratorWhoHasNotJustProvedWhoTheyAreDoesThatFirst() {
        house.signIn(desk, "ada");
        house.restartGateway(() -> Instant.now().plus(Duration.ofMinutes(11)));

        URI there = URI.create(proof.approve(desk, Map.of("code", "AAAA-AAAA")).location());

        assertThat(there.getPath()).isEqualTo("/auth/vestibule/sign-in");
        assertThat(there.getQuery()).contains("prompt=login");
    }
}
