package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What asks for a fresh sign-in, with a provider that does not say when somebody signed in.
class FreshSignInTest {

    private static final String PASSKEYS = "/auth/vestibule/passkeys";
    private static final Pattern CHOICE =
            Pattern.compile("href=\"(/auth/vestibule/sign-in/op\\?choice=[^\"]+)\"");

    private static SignInConfig withPasskeys(SignInConfig usual) {
        return new SignInConfig(
                usual.localLogin(),
                usual.linking(),
                true,
                usual.apps(),
                usual.breakGlass(),
                usual.kiosks());
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
                        TestHouse.atGoogle(
                                FreshSignIn.SELECT_ACCOUNT, FreshSignInTest::withPasskeys);
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
