package dev.vestibule.login;

import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.LimitsConfig;
import dev.vestibule.http.Response;
import dev.vestibule.login.LoginHouse.Plan;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

class ProviderChoiceTest {

    private static final Pattern LINK =
            Pattern.compile("href=\"(/auth/vestibule/sign-in/[^\"]+)\"");

    private final LoginHouse house = new LoginHouse(new Plan(2, LimitsConfig.DEFAULTS, ""));
    private final TestBrowser browser = house.browser();

    @AfterEach
    void close() {
        house.close();
    }

    private List<String> choices() {
        Response page = browser.open(browser.get(authorize("&state=s")).location());
        return LINK.matcher(text(page)).results().map(MatchResult::group).map(this::path).toList();
    }

    private String path(String link) {
        return link.substring(link.indexOf('/'), link.length() - 1);
    }

    @Test
    void offersEveryProvider() {
        assertThat(choices())
                .hasSize(2)
                .allMatch(link -> link.matches("/auth/vestibule/sign-in/id[01]\\?choice=.{43}"));
    }

    @Test
    void keepsTheRequestOnTheServer() {
        URI page = browser.get(authorize("&state=s")).location();

        assertThat(page.toString()).doesNotContain("redirect_uri", "state", "lovelace");
    }

    @Test
    void comesBackFromTheChosenOneToTheClient() {
        URI left = browser.get(choices().get(1)).location();
        Response back = browser.open(house.visit(left));

        assertThat(left.toString()).startsWith(house.scripts.get(1).issuer().toString());
        assertThat(TestBrowser.location(back).toString()).endsWith("&state=s");
    }

    @Test
    void letsPeopleGoBackAndChooseAgain() {
        List<String> links = choices();
        browser.get(links.get(0));

        URI left = browser.get(links.get(1)).location();

        assertThat(left.toString()).startsWith(house.scripts.get(1).issuer().toString());
    }

    @Test
    void showsNoOtherBrowserTheChoice() {
        String link = choices().get(0);

        assertThat(house.browser().get(link).response().status()).isEqualTo(400);
    }

    @Test
    void believesNoAnswerOfOneProviderAtAnothersCallback() {
        URI callback = house.visit(browser.get(choices().get(0)).location());

        Response page =
                browser.open(
                        URI.create(callback.toString().replace("/callback/id0", "/callback/id1")));

        assertThat(page.status()).isEqualTo(400);
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void knowsNoProviderThatIsNotConfigured() {
        assertThat(browser.get("/auth/vestibule/callback/other?state=x").response().status())
                .isEqualTo(404);
    }
}
