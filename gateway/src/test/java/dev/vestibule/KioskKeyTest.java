package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.KioskControl.KioskKeyLine;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A wall tablet that must hold a key which an administrator approved, through a whole gateway. The
/// browser's cryptography is done here; the e2e tests have a browser do it.
final class KioskKeyTest {

    private static final Pattern DATUM = Pattern.compile("data-name=\"([a-z]+)\"[^>]*>([^<]*)<");
    private static final Pattern CODE = Pattern.compile("[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}");
    private static final String PROVE = "/auth/vestibule/kiosk";
    private static final String APPROVE = "/auth/vestibule/kiosk/approve";

    private final TestHouse house =
            new TestHouse(Plan.USUAL.changed(Tablets.holdingAKey("hallway", "127.0.0.7")));
    private final VisitorBrowser tablet = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.7"));
    private final VisitorBrowser elsewhere = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.8"));
    private final VisitorBrowser desk = new VisitorBrowser();
    private final KeyPair key = newKey("secp256r1");

    @AfterEach
    void close() {
        tablet.close();
        elsewhere.close();
        desk.close();
        house.close();
    }

    private static KeyPair newKey(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK makes no EC keys", problem);
        }
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String datum(Answer page, String name) {
        Matcher data = DATUM.matcher(page.body());
        while (data.find()) {
            if (data.group(1).equals(name)) {
                return data.group(2);
            }
        }
        throw new AssertionError("no " + name + " in " + page);
    }

    private String sign(KeyPair with, String challenge) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(with.getPrivate());
            String text = "vestibule kiosk\n" + challenge + "\n" + house.origin() + "\nhome";
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return base64url(signature.sign());
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("cannot sign", problem);
        }
    }

    private Answer page(VisitorBrowser browser, String choice) {
        return browser.get(house.at(PROVE + "?choice=" + choice));
    }

    private Answer show(VisitorBrowser browser, KeyPair with, String choice) {
        String challenge = datum(page(browser, choice), "challenge");
        return post(browser, challenge, with, sign(with, challenge), choice);
    }

    private Answer post(
            VisitorBrowser browser,
            String challenge,
            KeyPair with,
            String signature,
            String choice) {
        browser.carry("Sec-Fetch-Site", "same-origin");
        Answer answer =
                browser.postForm(
                        house.at(PROVE),
                        Map.of(
                                "challenge",
                                challenge,
                                "choice",
                                choice,
                                "key",
                                base64url(with.getPublic().getEncoded()),
                                "signature",
                                signature));
        browser.carry();
        return answer;
    }

    private static String code(Answer page) {
        Matcher code = CODE.matcher(page.body());
        assertThat(code.find()).as(page.body()).isTrue();
        return code.group();
    }

    private Answer approve(VisitorBrowser browser, Map<String, String> fields) {
        browser.carry("Sec-Fetch-Site", "same-origin");
        Answer answer = browser.postForm(house.at(APPROVE), fields);
        browser.carry();
        return answer;
    }

    private void approveAsAda(String code) {
        house.signIn(desk, "ada");
        assertThat(approve(desk, Map.of("code", code)).body())
                .contains("hallway", "127.0.0.7", code);
        assertThat(approve(desk, Map.of("code", code, "confirmed", "yes")).status()).isEqualTo(200);
    }

    private String choice() {
        Answer answer = tablet.get(house.authorizeAddress());
        assertThat(answer.location()).contains("choice=");
        return answer.location().replaceFirst(".*choice=", "");
    }

    @Test
    void anApprovedKeySignsTheTabletInAndBringsItToItsDashboard() {
        String choice = choice();
        assertThat(tablet.get(house.at("/auth/vestibule/sign-in?choice=" + choice)).body())
                .contains("kiosk-offer", PROVE);
        approveAsAda(code(show(tablet, key, choice)));

        Answer back = show(tablet, key, choice);

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

    @Test
    @DisplayName("F11: the network alone is not enough")
    void theNetworkAloneIsNotEnough() {
        assertThat(tablet.get(house.authorizeAddress()).location()).contains("choice=");
        assertThat(show(tablet, key, "").status()).isEqualTo(200);
        assertThat(house.gateway().accounts().list()).isEmpty();
    }

    @Test
    @DisplayName("F11: an approved key in another network is not enough")
    void theKeyAloneIsNotEnough() {
        approveAsAda(code(show(tablet, key, "")));

        assertThat(page(elsewhere, "").status()).isEqualTo(403);
        assertThat(post(elsewhere, "x", key, "y", "").status()).isEqualTo(403);
    }

    @Test
    void aChallengeIsGoodOnceAndInItsBrowser() {
        approveAsAda(code(show(tablet, key, "")));
        String challenge = datum(page(tablet, ""), "challenge");
        try (VisitorBrowser other = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.7"))) {
            var _ = page(other, "");
            assertThat(post(other, challenge, key, sign(key, challenge), "").status())
                    .isEqualTo(400);
        }

        assertThat(post(tablet, challenge, key, sign(key, challenge), "").status()).isEqualTo(302);
        assertThat(post(tablet, challenge, key, sign(key, challenge), "").status()).isEqualTo(400);
    }

    @Test
    void whatWasNotSignedByTheKeyProvesNothing() {
        approveAsAda(code(show(tablet, key, "")));
        KeyPair other = newKey("secp256r1");
        String challenge = datum(page(tablet, ""), "challenge");

        Answer answer = post(tablet, challenge, key, sign(other, challenge), "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(house.isAuditedFor("kiosk-proof-invalid")).isTrue();
    }

    @Test
    void aKeyOnAnotherCurveIsNoKey() {
        assertThat(show(tablet, newKey("secp384r1"), "").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("F8: a form on another site proves nothing")
    void aFormOnAnotherSiteProvesNothing() {
        String challenge = datum(page(tablet, ""), "challenge");
        tablet.carry("Sec-Fetch-Site", "cross-site");

        assertThat(tablet.postForm(house.at(PROVE), Map.of("challenge", challenge)).status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("F9: a code is good once, and not for whoever is no administrator")
    void aCodeIsGoodOnceAndForAdministrators() {
        String code = code(show(tablet, key, ""));
        assertThat(approve(elsewhere, Map.of("code", code)).status()).isEqualTo(302);
        house.signIn(elsewhere, "ben");
        assertThat(approve(elsewhere, Map.of("code", code)).status()).isEqualTo(403);
        assertThat(approve(elsewhere, Map.of("code", code, "confirmed", "yes")).status())
                .isEqualTo(403);

        approveAsAda(code);

        assertThat(approve(desk, Map.of("code", code, "confirmed", "yes")).status()).isEqualTo(400);
        assertThat(keys()).hasSize(1);
    }

    @Test
    @DisplayName("F9: an emergency approves no tablet, which would stay when it is over")
    void anEmergencyApprovesNoTablet() {
        String code = code(show(tablet, key, ""));
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

        assertThat(approve(desk, Map.of("code", code)).body())
                .contains("Not with this sign-in")
                .doesNotContain("127.0.0.7");
        assertThat(approve(desk, Map.of("code", code, "confirmed", "yes")).status()).isEqualTo(403);
        assertThat(keys()).isEmpty();
    }

    @Test
    @DisplayName("F9: an administrator has five tries")
    void anAdministratorHasFiveTries() {
        String code = code(show(tablet, key, ""));
        house.signIn(desk, "ada");
        for (String wrong : List.of("AAAA-AAAA", "x", "", "BBBB-BBBB", "CCCC-CCCC")) {
            assertThat(approve(desk, Map.of("code", wrong)).status()).isEqualTo(400);
        }

        assertThat(approve(desk, Map.of("code", code, "confirmed", "yes")).status()).isEqualTo(429);
        assertThat(keys()).isEmpty();
    }

    @Test
    @DisplayName("F8: another site approves nothing")
    void anotherSiteApprovesNothing() {
        String code = code(show(tablet, key, ""));
        house.signIn(desk, "ada");
        desk.carry("Sec-Fetch-Site", "cross-site");

        assertThat(
                        desk.postForm(house.at(APPROVE), Map.of("code", code, "confirmed", "yes"))
                                .status())
                .isEqualTo(403);
        assertThat(keys()).isEmpty();
    }

    @Test
    @DisplayName("F8: a link puts no tablet in the place of a person, their own button does")
    void aLinkPutsNoTabletInThePlaceOfAPerson() {
        approveAsAda(code(show(tablet, key, "")));
        house.signIn(tablet, "ben");

        Answer asked = page(tablet, "");

        assertThat(asked.body()).contains("Ben", "hallway").doesNotContain("challenge");
        tablet.carry("Sec-Fetch-Site", "cross-site");
        assertThat(tablet.postForm(house.at(PROVE), Map.of("choice", "")).status()).isEqualTo(403);
        tablet.carry("Sec-Fetch-Site", "same-origin");
        Answer pressed = tablet.postForm(house.at(PROVE), Map.of("choice", ""));
        String challenge = datum(pressed, "challenge");
        assertThat(post(tablet, challenge, key, sign(key, challenge), "").status()).isEqualTo(302);
        assertThat(page(tablet, "").body()).contains("challenge");
    }

    @Test
    void aTabletThatAPasserBySignsOutIsOfferedItsWayBack() {
        approveAsAda(code(show(tablet, key, "")));
        assertThat(show(tablet, key, "").status()).isEqualTo(302);
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
        approveAsAda(code(show(tablet, key, choice)));
        SignedIn hallway = house.redeem(tablet, GatewayHouse.codeIn(show(tablet, key, choice)));

        house.restartGateway();

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
    }

    private List<KioskKeyLine> keys() {
        return house.gateway().commands().kiosks().list();
    }

    @Test
    void aRemovedKeyOpensNothingAndWhatItOpenedEnds() {
        String choice = choice();
        approveAsAda(code(show(tablet, key, choice)));
        SignedIn hallway = house.redeem(tablet, GatewayHouse.codeIn(show(tablet, key, choice)));

        house.gateway().commands().kiosks().remove(keys().getFirst().id());

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(401);
        assertThat(show(tablet, key, "").status()).isEqualTo(200);
        assertThat(keys()).isEmpty();
    }

    @Test
    void aKeyIsRemovedAtTheConsoleByAnAdministratorAlone() {
        String choice = choice();
        approveAsAda(code(show(tablet, key, choice)));
        SignedIn hallway = house.redeem(tablet, GatewayHouse.codeIn(show(tablet, key, choice)));
        String console = "/auth/vestibule/console/kiosks";
        Map<String, String> form = Map.of("key", keys().getFirst().id());
        assertThat(desk.get(house.at(console)).body())
                .contains("hallway", "127.0.0.7", "a key, in its network", ">Remove<", APPROVE)
                .containsPattern("Approved by\">\\s*ada");

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

        URI there = URI.create(approve(desk, Map.of("code", "AAAA-AAAA")).location());

        assertThat(there.getPath()).isEqualTo("/auth/vestibule/sign-in");
        assertThat(there.getQuery()).contains("prompt=login");
    }
}
