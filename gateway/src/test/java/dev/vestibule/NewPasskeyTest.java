package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A passkey that somebody added in Ada's name, and what she hears of it (attack I2).
class NewPasskeyTest {

    private static final String NEW = "/auth/vestibule/passkey/new";
    private static final String ASKED = "Is this passkey yours?";
    private static final Pattern PROVIDER =
            Pattern.compile("href=\"(/auth/vestibule/sign-in/op\\?choice=[^\"]+)\"");

    private final TestHouse house = new TestHouse(SignInChange::withPasskeys);
    private final PasskeyPages passkeys = new PasskeyPages(house);
    private final VisitorBrowser stolen = new VisitorBrowser();
    private final VisitorBrowser hers = new VisitorBrowser();
    private final VisitorBrowser thiefs = new VisitorBrowser();
    private final VirtualAuthenticator key = new VirtualAuthenticator();
    private final VirtualAuthenticator second = new VirtualAuthenticator();

    @BeforeEach
    void everyFormIsOurs() {
        for (VisitorBrowser browser : new VisitorBrowser[] {stolen, hers, thiefs}) {
            browser.carry("Sec-Fetch-Site", "same-origin", "User-Agent", "Browser of a stranger");
        }
    }

    @AfterEach
    void close() {
        stolen.close();
        hers.close();
        thiefs.close();
        house.close();
    }

    /// @return what the stolen browser is let in with
    private SignedIn somebodyAddsAKey() {
        SignedIn somebody = house.signIn(stolen, "ada");
        add(stolen, key);
        return somebody;
    }

    private void add(VisitorBrowser browser, VirtualAuthenticator with) {
        passkeys.add(browser, with, "Phone");
    }

    private Answer throughTheProvider(VisitorBrowser browser) {
        house.provider().signInAutomaticallyAs("ada");
        return throughTheProvider(browser, house.authorizeAddress());
    }

    private Answer throughTheProvider(VisitorBrowser browser, URI start) {
        Answer page = browser.walk(start, house.landing());
        Matcher link = PROVIDER.matcher(page.body());
        return link.find() ? browser.walk(house.at(link.group(1)), house.landing()) : page;
    }

    private Answer withTheKey(VisitorBrowser browser) {
        return passkeys.signIn(browser, key);
    }

    private static String field(Answer page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.body());
        assertThat(field.find()).as(page.body()).isTrue();
        return field.group(1);
    }

    private Answer say(VisitorBrowser browser, Answer page, String word) {
        return browser.postForm(
                house.at(NEW),
                Map.of(
                        "passkey", field(page, "passkey"),
                        "choice", field(page, "choice"),
                        "do", word));
    }

    @Test
    void sheIsAskedWhenSheComesInNextAndGoesOnToWhereSheWantedToBe() {
        somebodyAddsAKey();

        Answer page = throughTheProvider(hers);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains(ASKED, "Phone", "127.0.0.1", "Browser of a stranger")
                .contains("No: remove it, and sign out everywhere");

        assertThat(say(hers, page, "mine").location())
                .startsWith(house.landing())
                .contains("code=");
        assertThat(throughTheProvider(hers).location()).contains("code=");
        try (VisitorBrowser another = new VisitorBrowser()) {
            assertThat(throughTheProvider(another).location()).contains("code=");
        }
    }

    /// Attack: whoever added it says that it is theirs.
    @Test
    void whoeverAddedItAndWhoeverComesByItCannotAnswer() {
        somebodyAddsAKey();
        Answer asked = throughTheProvider(hers);

        assertThat(throughTheProvider(stolen).location()).contains("code=");
        assertThat(withTheKey(thiefs).location()).contains("code=");
        assertThat(throughTheProvider(thiefs).location()).contains("code=");
        assertThat(say(stolen, asked, "mine").status()).isEqualTo(302);
        assertThat(say(thiefs, asked, "mine").status()).isEqualTo(302);

        assertThat(throughTheProvider(hers).body()).contains(ASKED);
    }

    /// Attack: two keys that vouch for each other.
    @Test
    void whoeverCameByAPasskeyThatIsNotConfirmedAddsNone() {
        somebodyAddsAKey();
        JsonNode asStolen = passkeys.make(stolen, second);
        assertThat(withTheKey(thiefs).location()).contains("code=");

        assertThat(thiefs.get(house.at(PasskeyPages.LIST)).body())
                .contains("You came in with a passkey that you have not been asked about yet");
        assertThat(
                        thiefs.postForm(
                                        house.at("/auth/vestibule/passkey/creation-options"),
                                        Map.of())
                                .status())
                .isEqualTo(403);
        assertThat(passkeys.send(thiefs, "Phone", asStolen).status()).isEqualTo(403);

        say(hers, throughTheProvider(hers), "mine");
        add(thiefs, second);
    }

    /// Attack: two keys that vouch for each other, added by two browsers.
    @Test
    void whoeverCameByAPasskeyThatIsNotConfirmedAnswersAboutNone() {
        house.signIn(hers, "ada");
        somebodyAddsAKey();
        add(hers, second);

        assertThat(withTheKey(thiefs).location()).contains("code=");
        try (VisitorBrowser another = new VisitorBrowser()) {
            another.carry("Sec-Fetch-Site", "same-origin");
            Answer asked = throughTheProvider(another);
            assertThat(asked.body()).contains(ASKED);

            assertThat(throughTheProvider(thiefs).location()).contains("code=");
            assertThat(say(thiefs, asked, "mine").status()).isEqualTo(302);
            assertThat(throughTheProvider(another).body()).contains(ASKED, field(asked, "passkey"));
        }
    }

    /// Attack: sign out, and in again over the session that the provider still has.
    @Test
    void theBrowserThatAddedItCannotAnswerInItsNextSessionEither() {
        somebodyAddsAKey();
        Answer asked = throughTheProvider(hers);
        stolen.postForm(house.at("/auth/vestibule/sign-out"), Map.of("where", "here"));
        assertThat(stolen.get(house.at(PasskeyPages.LIST)).status()).isEqualTo(302);

        URI again = URI.create(house.authorizeAddress() + "&wanted=true");
        assertThat(throughTheProvider(stolen, again).location()).contains("code=");
        assertThat(say(stolen, asked, "mine").status()).isEqualTo(302);

        assertThat(throughTheProvider(hers).body()).contains(ASKED);
    }

    /// Attack: a second key, with which the thief is in again at once.
    @Test
    void sayingNoTakesAwayEveryPasskeyThatIsNotConfirmed() {
        somebodyAddsAKey();
        add(stolen, second);

        say(hers, throughTheProvider(hers), "not-mine");

        assertThat(withTheKey(thiefs).status()).isEqualTo(403);
        assertThat(passkeys.signIn(thiefs, second).status()).isEqualTo(403);
        assertThat(throughTheProvider(hers).location()).contains("code=");
    }

    @Test
    void nobodyElseCanAnswer() {
        somebodyAddsAKey();
        Answer asked = throughTheProvider(hers);
        house.signIn(thiefs, "ben");

        assertThat(say(thiefs, asked, "not-mine").status()).isEqualTo(302);
        hers.carry("Sec-Fetch-Site", "cross-site");
        assertThat(say(hers, asked, "not-mine").status()).isEqualTo(403);

        assertThat(house.isAudited("PasskeyDisowned")).isFalse();
        assertThat(throughTheProvider(hers).body()).contains(ASKED);
    }

    @Test
    void whatSheDoesNotKnowIsRemovedAndEverybodyWhoIsInAsHerIsOut() {
        SignedIn somebody = somebodyAddsAKey();
        assertThat(withTheKey(thiefs).location()).contains("code=");

        Answer done = say(hers, throughTheProvider(hers), "not-mine");

        assertThat(done.body()).contains("The passkey is removed", "Sign in again");
        assertThat(house.isAudited("PasskeyDisowned")).isTrue();
        assertThat(house.get(stolen, "/api/", somebody.accessToken()).status()).isEqualTo(401);
        for (VisitorBrowser browser : new VisitorBrowser[] {stolen, thiefs, hers}) {
            assertThat(browser.get(house.at(PasskeyPages.LIST)).location())
                    .contains("/auth/vestibule/sign-in");
        }
        assertThat(withTheKey(thiefs).status()).isEqualTo(403);
        assertThat(throughTheProvider(hers).location()).contains("code=");
    }

    @Test
    void removingOneSignsOutWhoCameByItAndNotWhoeverRemovesIt() {
        somebodyAddsAKey();
        assertThat(withTheKey(thiefs).location()).contains("code=");
        assertThat(thiefs.get(house.at(PasskeyPages.LIST)).status()).isEqualTo(200);
        String page = passkeys.pageOf(stolen);

        assertThat(stolen.postForm(house.at(page), Map.of("do", "remove")).location())
                .endsWith("?done=removed");

        assertThat(thiefs.get(house.at(PasskeyPages.LIST)).status()).isEqualTo(302);
        assertThat(stolen.get(house.at(PasskeyPages.LIST)).status()).isEqualTo(200);
    }
}
