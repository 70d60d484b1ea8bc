package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The step of the demo's walk in which a companion app is set up. Its web view leaves for the
/// system's browser, and a code comes back in the person's hands. One thread.
final class AppWalk implements AutoCloseable {

    private static final String CLIENT_ID = "https://home-assistant.io/android";
    private static final String REDIRECT = "homeassistant://auth-callback";
    private static final Pattern LINK = Pattern.compile("name=\"link\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("<code class=\"large\">([^<]+)</code>");
    private static final Pattern ANSWER =
            Pattern.compile("homeassistant://auth-callback\\?code=([A-Za-z0-9_-]+)");

    private final DemoHouse house;
    private final VisitorBrowser view = new VisitorBrowser();
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VisitorBrowser thief = new VisitorBrowser();

    /// The app's own client, which has no cookie.
    private final DemoVisitor app;

    AppWalk(DemoHouse house) {
        this.house = house;
        this.app = new DemoVisitor(house);
    }

    /// The code of Ben's browser lets his app in, and nobody else's page; his browser is not signed
    /// in by it.
    void handOff() {
        house.provider().signInAutomaticallyAs(DemoHouse.FAMILY_MEMBER);
        String link = only(LINK, open(view), "the app's page names no hand-off");
        Answer shown = signInElsewhere(link);
        String code = only(CODE, shown, "the browser was shown no code");

        String foreign = only(LINK, open(thief), "the thief's page names no hand-off");
        Answer stolen = type(thief, foreign, code);
        unless(stolen.location().isEmpty(), "the code let in somebody else's app");

        Answer typed = type(view, link, code);
        Matcher back = ANSWER.matcher(typed.location());
        unless(back.matches(), "the typed code ended with " + DemoVisitor.said(typed));
        String token = redeem(back.group(1));
        int status = app.statusWith(token);
        unless(status == 200, "the app's token got " + status);
        unless(type(view, link, code).location().isEmpty(), "a code was taken twice");
    }

    private Answer open(VisitorBrowser in) {
        return in.walk(
                app.at(
                        "/auth/authorize?response_type=code&client_id="
                                + VisitorBrowser.encode(CLIENT_ID)
                                + "&redirect_uri="
                                + VisitorBrowser.encode(REDIRECT)),
                REDIRECT);
    }

    /// The view stays where it is; the browser is given the provider's address.
    private Answer signInElsewhere(String link) {
        Answer away = view.get(app.at("/auth/app/" + link + "?with=demo"));
        Answer provider = view.get(URI.create(away.location()));
        return browser.walk(URI.create(provider.location()), REDIRECT);
    }

    private Answer type(VisitorBrowser in, String link, String code) {
        return in.postForm(
                app.at("/auth/vestibule/hand-off"),
                Map.of("link", link, "code", code),
                "Sec-Fetch-Site",
                "same-origin");
    }

    private String redeem(String code) {
        JsonNode tokens =
                DemoVisitor.json(
                        "the exchange of the app's code",
                        app.browser()
                                .postForm(
                                        app.at("/auth/token"),
                                        Map.of(
                                                "grant_type",
                                                "authorization_code",
                                                "code",
                                                code,
                                                "client_id",
                                                CLIENT_ID)));
        return tokens.path("access_token").asText();
    }

    private static String only(Pattern what, Answer page, String otherwise) {
        Matcher matcher = what.matcher(page.body());
        unless(matcher.find(), otherwise + ": " + DemoVisitor.said(page));
        return matcher.group(1);
    }

    @Override
    public void close() {
        view.close();
        browser.close();
        thief.close();
        app.close();
    }
}
