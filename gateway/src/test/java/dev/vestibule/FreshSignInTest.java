package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.testhouse.proxy.Assertion;
import dev.vestibule.testhouse.proxy.ScriptedProxy;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What asks for a fresh sign-in, where nobody says when somebody signed in.
class FreshSignInTest {

    private static final String PASSKEYS = "/auth/vestibule/passkeys";
    private static final Pattern CHOICE =
            Pattern.compile("href=\"(/auth/vestibule/sign-in/op\\?choice=[^\"]+)\"");

    private static UnaryOperator<GatewayConfig> passkeysBehind(ScriptedProxy proxy) {
        return config ->
                SignInChange.of(SignInChange::withPasskeys)
                        .apply(InFront.signing(proxy).apply(config));
    }

    private static Answer passkeysOf(VisitorBrowser browser, TestHouse house, Assertion ben) {
        browser.carry(
                InFront.HEADER, ben.with("custom", Map.of("groups", List.of("family"))).signed());
        return browser.walk(house.at("/auth/vestibule/sign-in?next=" + PASSKEYS), "nowhere");
    }

    @Test
    void whomAProxyLetInWithoutSayingWhenIsToldToSignInAnotherWay() {
        try (ScriptedProxy proxy = ScriptedProxy.start(InstantSource.system());
                TestHouse house = new TestHouse(Plan.USUAL.changed(passkeysBehind(proxy)));
                VisitorBrowser browser = new VisitorBrowser()) {
            Answer list = passkeysOf(browser, house, proxy.assertionFor("ben"));

            assertThat(list.body())
                    .contains("does not say when you signed in", "Sign in another way")
                    .contains("prompt=login")
                    .doesNotContain("passkey-add", "I have signed in there once more");
        }
    }

    @Test
    void whatTheProxySaysOfTheTimeCountsAndSignsInAnew() {
        try (ScriptedProxy proxy = ScriptedProxy.start(InstantSource.system());
                TestHouse house = new TestHouse(Plan.USUAL.changed(passkeysBehind(proxy)));
                VisitorBrowser browser = new VisitorBrowser()) {
            Instant longAgo = Instant.now().minus(Duration.ofHours(1));
            assertThat(passkeysOf(browser, house, signedInAt(proxy, longAgo)).body())
                    .contains("more than ten minutes ago", "I have signed in there once more")
                    .doesNotContain("passkey-add");

            assertThat(passkeysOf(browser, house, signedInAt(proxy, Instant.now())).body())
                    .contains("passkey-add");
        }
    }

    private static Assertion signedInAt(ScriptedProxy proxy, Instant authTime) {
        return proxy.assertionFor("ben").with("auth_time", authTime.getEpochSecond());
    }

    @Test
    void anAdministratorWhomAProxyLetInHearsItBeforeTheyApproveATablet() {
        try (ScriptedProxy proxy = ScriptedProxy.start(InstantSource.system());
                TestHouse house = new TestHouse(Plan.USUAL.changed(InFront.signing(proxy)));
                VisitorBrowser browser = new VisitorBrowser()) {
            browser.carry(
                    InFront.HEADER,
                    proxy.assertionFor("ada")
                            .with("custom", Map.of("groups", List.of("admins")))
                            .signed());

            Answer page =
                    browser.walk(
                            house.at("/auth/vestibule/sign-in?next=/auth/vestibule/kiosk/approve"),
                            "nowhere");

            assertThat(page.status()).isEqualTo(403);
            assertThat(page.body()).contains("does not say when you signed in");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMPT_LOGIN", "SELECT_ACCOUNT"})
    void aPersonLetsAnAppInWhereTheConfigurationSaysWhatProvesIt(FreshSignIn proof) {
        try (TestHouse house = TestHouse.atGoogle(proof, usual -> usual);
                CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID);
                VisitorBrowser browser = new VisitorBrowser()) {
            house.provider().signInAutomaticallyAs("ben");
            Answer page = phone.open();

            String code =
                    CompanionPhone.codeIn(CompanionPhone.signIn(browser, phone.leaveFrom(page)));
            var app = phone.redeem(phone.type(CompanionPhone.linkIn(page), code));

            assertThat(house.get(phone.client(), "/api/config", app.accessToken()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void nobodyLetsAnAppInWhereItDoesNot() {
        try (TestHouse house = TestHouse.atGoogle(FreshSignIn.AUTH_TIME, usual -> usual);
                CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID);
                VisitorBrowser browser = new VisitorBrowser()) {
            house.provider().signInAutomaticallyAs("ben");

            Answer refused = CompanionPhone.signIn(browser, phone.leave());

            assertThat(refused.status()).isEqualTo(403);
            assertThat(house.gateway().facts().audit().newest(10))
                    .anyMatch(line -> line.detail().contains("authentication_too_old"));
        }
    }

    @Test
    void aPersonAddsAPasskeyAfterTheyChoseTheirAccountAnew() {
        try (TestHouse house =
                        TestHouse.atGoogle(FreshSignIn.SELECT_ACCOUNT, SignInChange::withPasskeys);
                VisitorBrowser browser = new VisitorBrowser()) {
            house.signIn(browser, "ben");
            assertThat(browser.get(house.at(PASSKEYS)).body())
                    .contains("prompt=login")
                    .doesNotContain("passkey-add");

            Answer choices =
                    browser.walk(
                            house.at("/auth/vestibule/sign-in?next=" + PASSKEYS + "&prompt=login"),
                            "nowhere");
            Matcher link = CHOICE.matcher(choices.body());
            assertThat(link.find()).as(choices.body()).isTrue();
            Answer list = browser.walk(house.at(link.group(1)), "nowhere");

            assertThat(list.body()).contains("passkey-add").doesNotContain("prompt=login");
        }
    }
}
