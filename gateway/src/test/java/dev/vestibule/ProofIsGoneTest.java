package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.cli.EmergencyControl;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody proves who they are, and what they proved it with is taken away before they come in.
/// Attack: whoever has a lost phone proves its passkey for an app of theirs, waits until the owner
/// has removed the passkey, and lets the app in then.
class ProofIsGoneTest {

    private static final Pattern CONTINUE =
            Pattern.compile("href=\"(/auth/vestibule/sign-in\\?choice=[^\"]+)\"");
    private static final Pattern CHOICE = Pattern.compile("name=\"choice\" value=\"([^\"]+)\"");

    private final TestHouse house =
            new TestHouse(
                    Plan.USUAL.changed(
                            SignInChange.of(
                                    new SignInConfig(
                                            LocalLogin.BREAK_GLASS,
                                            Linking.OFF,
                                            true,
                                            Defaults.SIGN_IN.apps(),
                                            Defaults.BREAK_GLASS,
                                            List.of()),
                                    new NetworkConfig(
                                            List.of(), List.of(LocalLogins.cidr("127.0.0.0/8"))))));
    private final PasskeyPages passkeys = new PasskeyPages(house);
    private final CompanionPhone app = new CompanionPhone(house, CompanionPhone.ANDROID);
    private final VisitorBrowser owner = new VisitorBrowser();
    private final VisitorBrowser thief = new VisitorBrowser();
    private final VirtualAuthenticator lostPhone = new VirtualAuthenticator();

    @BeforeEach
    void formsAreOfOurPages() {
        owner.carry("Sec-Fetch-Site", "same-origin");
        thief.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        thief.close();
        owner.close();
        app.close();
        house.close();
    }

    private EmergencyControl console() {
        return house.gateway().commands().emergency();
    }

    private void adaHasAPasskey() {
        Answer page = owner.walk(house.authorizeAddress(), "nowhere");
        Matcher provider =
                Pattern.compile("href=\"(/auth/vestibule/sign-in/op\\?choice=[^\"]+)\"")
                        .matcher(page.body());
        house.provider().signInAutomaticallyAs("ada");
        assertThat(provider.find()).as(page.body()).isTrue();
        var _ = owner.walk(house.at(provider.group(1)), house.landing());
        passkeys.add(owner, lostPhone, "Lost phone");
    }

    private void removeThePasskey() {
        Answer removed = owner.postForm(house.at(passkeys.pageOf(owner)), Map.of("do", "remove"));
        assertThat(removed.location()).contains("done=removed");
    }

    private Answer signInPage(String link) {
        Answer told = thief.get(house.at("/auth/app/" + link));
        Matcher onward = CONTINUE.matcher(told.body());
        assertThat(onward.find()).as(told.body()).isTrue();
        return thief.get(house.at(onward.group(1)));
    }

    private String codeByPasskey(String link) {
        String choice = PasskeyPages.choiceIn(signInPage(link));
        return CompanionPhone.codeIn(passkeys.signIn(thief, choice, lostPhone, Lie.NONE));
    }

    private void assertNobodyCameIn(Answer answer) {
        assertThat(answer.location()).doesNotContain("homeassistant:");
        assertThat(house.isAudited("HandOffFinished")).isFalse();
        assertThat(house.isAuditedFor("proof-gone")).isTrue();
    }

    /// Starting again the same way fails for ever, so that nobody is told to.
    private static void assertIsToldThatTheProofIsGone(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .contains("was removed or switched off in the meantime")
                .contains("Sign in another way")
                .doesNotContain("Start again")
                .doesNotContain("Nothing went wrong");
    }

    @Test
    void anAppIsNotLetInByAPasskeyThatWasRemovedBeforeTheCodeIsTyped() {
        adaHasAPasskey();
        String link = CompanionPhone.linkIn(app.open());
        String code = codeByPasskey(link);
        removeThePasskey();

        Answer typed = app.type(link, code);

        assertNobodyCameIn(typed);
        assertIsToldThatTheProofIsGone(typed);
    }

    private Answer answerTheSecondFactor(Answer asked, String ada) {
        Matcher question =
                Pattern.compile("name=\"question\" value=\"([^\"]+)\"").matcher(asked.body());
        assertThat(question.find()).as(asked.body()).isTrue();
        return app.view()
                .postForm(
                        house.at("/auth/vestibule/mfa"),
                        Map.of(
                                "question",
                                question.group(1),
                                "answer",
                                house.homeAssistant().totpCode(ada)),
                        "Sec-Fetch-Site",
                        "same-origin");
    }

    /// Minutes may lie between the typed code and the answer to Home Assistant.
    @Test
    void anAppIsNotLetInByAPasskeyThatWasRemovedWhileTheSecondFactorWasAskedFor() {
        adaHasAPasskey();
        String ada = house.homeAssistant().userNamed("Ada").orElseThrow().id();
        house.homeAssistant().enableTotp(ada);
        String link = CompanionPhone.linkIn(app.open());
        Answer asked = app.type(link, codeByPasskey(link));
        removeThePasskey();

        Answer answered = answerTheSecondFactor(asked, ada);

        assertThat(answered.location()).doesNotContain("homeassistant:");
        assertIsToldThatTheProofIsGone(answered);
        assertThat(house.isAuditedFor("proof-gone")).isTrue();
    }

    @Test
    void anAppIsLetInByASecondFactorWhileThePasskeyIsThere() {
        adaHasAPasskey();
        String ada = house.homeAssistant().userNamed("Ada").orElseThrow().id();
        house.homeAssistant().enableTotp(ada);
        String link = CompanionPhone.linkIn(app.open());

        Answer answered = answerTheSecondFactor(app.type(link, codeByPasskey(link)), ada);

        assertThat(CompanionPhone.appCode(answered)).isNotEmpty();
    }

    /// The code for the app is in its hands, and nobody finds it in a list.
    @Test
    void anAppIsNotLetInByAPasskeyThatWasRemovedBeforeItRedeemsItsCode() {
        adaHasAPasskey();
        String link = CompanionPhone.linkIn(app.open());
        String appCode = CompanionPhone.appCode(app.type(link, codeByPasskey(link)));
        removeThePasskey();

        Answer redeemed =
                app.client()
                        .postForm(
                                house.at("/auth/token"),
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "client_id",
                                        CompanionPhone.ANDROID,
                                        "code",
                                        appCode));

        assertThat(redeemed.status()).as(redeemed.body()).isEqualTo(400);
    }

    @Test
    void anAppIsNotLetInByAPasswordOnceTheFormIsAwayAgain() {
        house.homeAssistant().addUser("Greta", "greta", "correct horse", "system-users");
        console().openLocalLogin("", Duration.ofMinutes(15));
        String link = CompanionPhone.linkIn(app.open());
        Matcher choice = CHOICE.matcher(signInPage(link).body());
        assertThat(choice.find()).isTrue();
        Answer shown =
                thief.postForm(
                        house.at("/auth/vestibule/local"),
                        Map.of(
                                "choice", choice.group(1),
                                "username", "greta",
                                "password", "correct horse"));
        String code = CompanionPhone.codeIn(shown);
        console().closeLocalLogin("");

        Answer typed = app.type(link, code);

        assertNobodyCameIn(typed);
        assertIsToldThatTheProofIsGone(typed);
    }

    @Test
    void anAppIsLetInWhileTheFormIsThere() {
        house.homeAssistant().addUser("Greta", "greta", "correct horse", "system-users");
        console().openLocalLogin("", Duration.ofMinutes(15));
        String link = CompanionPhone.linkIn(app.open());
        Matcher choice = CHOICE.matcher(signInPage(link).body());
        assertThat(choice.find()).isTrue();
        Answer shown =
                thief.postForm(
                        house.at("/auth/vestibule/local"),
                        Map.of(
                                "choice", choice.group(1),
                                "username", "greta",
                                "password", "correct horse"));

        assertThat(CompanionPhone.appCode(app.type(link, CompanionPhone.codeIn(shown))))
                .isNotEmpty();
    }

    /// The removal falls between the transaction that finds the passkey and the one that opens the
    /// session.
    @Test
    void aPasskeyThatIsRemovedWhileItIsUsedOpensNoSession() {
        adaHasAPasskey();
        String choice = passkeys.choice(thief);
        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                tx.execute(
                                        """
                                        CREATE TRIGGER removed_at_once AFTER UPDATE ON passkey
                                        BEGIN
                                            DELETE FROM new_passkey WHERE passkey_id = NEW.id;
                                            DELETE FROM passkey WHERE id = NEW.id;
                                        END
                                        """));

        Answer answer = passkeys.signIn(thief, choice, lostPhone, Lie.NONE);

        assertThat(answer.location()).doesNotContain("code=");
        assertIsToldThatTheProofIsGone(answer);
        assertThat(thief.get(house.at(PasskeyPages.LIST)).status()).as("signed in").isEqualTo(302);
        assertThat(house.isAuditedFor("proof-gone")).isTrue();
    }
}
