package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What our own pages do with a browser's passkeys, at a whole gateway that has them.
final class PasskeyPages {

    static final String LIST = "/auth/vestibule/passkeys";
    static final String CREATION_OPTIONS = "/auth/vestibule/passkey/creation-options";
    static final String REQUEST_OPTIONS = "/auth/vestibule/passkey/request-options";
    static final String SIGN_IN = "/auth/vestibule/passkey/sign-in";

    private static final Pattern CHOICE =
            Pattern.compile("data-name=\"choice\">([A-Za-z0-9_-]{43})<");
    private static final Pattern LINK = Pattern.compile(LIST + "/([0-9a-f-]{36})");

    private final TestHouse house;

    PasskeyPages(TestHouse house) {
        this.house = house;
    }

    JsonNode options(VisitorBrowser browser, String path) {
        Answer answer = browser.postForm(house.at(path), Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return GatewayHouse.json(answer);
    }

    /// What an authenticator makes for whoever is signed in, before the page sends it.
    JsonNode make(VisitorBrowser browser, VirtualAuthenticator with) {
        return with.create(options(browser, CREATION_OPTIONS), house.origin().toString());
    }

    Answer send(VisitorBrowser browser, String name, JsonNode made) {
        return browser.postForm(house.at(LIST), Map.of("name", name, "answer", made.toString()));
    }

    void add(VisitorBrowser browser, VirtualAuthenticator with, String name) {
        assertThat(send(browser, name, make(browser, with)).location())
                .isEqualTo(house.at(LIST + "?done=added").toString());
    }

    /// The page of the one passkey that somebody has.
    String pageOf(VisitorBrowser browser) {
        Matcher link = LINK.matcher(browser.get(house.at(LIST)).body());
        assertThat(link.find()).isTrue();
        return link.group();
    }

    /// What the sign-in page wants back, for a browser that wants to be at its client.
    String choice(VisitorBrowser browser) {
        return choiceIn(browser.walk(house.authorizeAddress(), "nowhere"));
    }

    static String choiceIn(Answer page) {
        Matcher choice = CHOICE.matcher(page.body());
        assertThat(choice.find()).as(page.body()).isTrue();
        return choice.group(1);
    }

    Answer signIn(VisitorBrowser browser, VirtualAuthenticator with) {
        return signIn(browser, with, Lie.NONE);
    }

    Answer signIn(VisitorBrowser browser, VirtualAuthenticator with, Lie lie) {
        return signIn(browser, choice(browser), with, lie);
    }

    Answer signIn(VisitorBrowser browser, String choice, VirtualAuthenticator with, Lie lie) {
        JsonNode signed =
                with.get(options(browser, REQUEST_OPTIONS), house.origin().toString(), lie);
        return browser.postForm(
                house.at(SIGN_IN), Map.of("choice", choice, "answer", signed.toString()));
    }
}
