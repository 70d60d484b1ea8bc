package dev.vestibule;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A companion app that is being set up: its web view, which keeps cookies, and its own client,
/// which has none. Where a link leaves the home's host, the view does not follow.
final class CompanionPhone implements AutoCloseable {

    static final String ANDROID = "https://home-assistant.io/android";
    static final String IOS = "https://home-assistant.io/iOS";
    static final String REDIRECT = "homeassistant://auth-callback";

    private static final String PIXEL =
            "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Mobile Safari/537.36"
                    + " Home Assistant/2026.9.1-full (Android 16; Pixel 9)";
    private static final Pattern LINK = Pattern.compile("name=\"link\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("<code class=\"large\">([^<]+)</code>");
    private static final Pattern HIDDEN_CODE = Pattern.compile("name=\"code\" value=\"([^\"]+)\"");
    private static final Pattern ANSWER =
            Pattern.compile("homeassistant://auth-callback\\?code=([A-Za-z0-9_-]+)");

    private final GatewayHouse house;
    private final String clientId;
    private final VisitorBrowser view = new VisitorBrowser();
    private final VisitorBrowser client = new VisitorBrowser();

    CompanionPhone(GatewayHouse house, String clientId) {
        this.house = house;
        this.clientId = clientId;
    }

    VisitorBrowser view() {
        return view;
    }

    VisitorBrowser client() {
        return client;
    }

    static URI authorize(GatewayHouse house, String clientId, String redirectUri) {
        return house.at(
                "/auth/authorize?response_type=code&client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&redirect_uri="
                        + VisitorBrowser.encode(redirectUri));
    }

    /// The page that the app shows first.
    Answer open() {
        return openPage(view);
    }

    Answer openPage(VisitorBrowser in) {
        Answer redirect = in.get(authorize(house, clientId, REDIRECT), "User-Agent", PIXEL);
        return redirect.location().isEmpty() ? redirect : in.get(URI.create(redirect.location()));
    }

    /// Opens the page and follows its link to the provider as far as it stays at the home.
    ///
    /// @return what the system's browser is given
    URI leave() {
        return leaveFrom(open());
    }

    URI leaveFrom(Answer page) {
        Answer away = view.get(house.at("/auth/app/" + linkIn(page) + "?with=op"));
        return URI.create(view.get(URI.create(away.location())).location());
    }

    static String linkIn(Answer page) {
        return only(LINK, page);
    }

    static String codeIn(Answer page) {
        return only(CODE, page);
    }

    static String hiddenCodeIn(Answer page) {
        return only(HIDDEN_CODE, page);
    }

    private static String only(Pattern what, Answer page) {
        Matcher matcher = what.matcher(page.body());
        if (!matcher.find()) {
            throw new AssertionError(
                    "no " + what + ": " + page.status() + " " + page.location() + page.body());
        }
        return matcher.group(1);
    }

    /// Somebody signs in where a hand-off left for.
    static Answer signIn(VisitorBrowser browser, URI provider) {
        return browser.walk(provider, "nowhere");
    }

    Answer type(String link, String code) {
        return type(view, link, code);
    }

    Answer type(VisitorBrowser in, String link, String code) {
        return in.postForm(
                house.at("/auth/vestibule/hand-off"),
                Map.of("link", link, "code", code),
                "Sec-Fetch-Site",
                "same-origin");
    }

    String state(String link) {
        Answer answer = view.get(house.at("/auth/vestibule/hand-off/state?link=" + link));
        return GatewayHouse.json(answer).path("state").asText();
    }

    /// The whole hand-off, by a person whom the provider signs in.
    SignedIn signIn(VisitorBrowser browser) {
        Answer page = open();
        String code = codeIn(signIn(browser, leaveFrom(page)));
        return redeem(type(linkIn(page), code));
    }

    /// As the app redeems the code that its web view was sent away with.
    SignedIn redeem(Answer back) {
        JsonNode tokens =
                GatewayHouse.json(
                        client.postForm(
                                house.at("/auth/token"),
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "code",
                                        appCode(back),
                                        "client_id",
                                        clientId)));
        return new SignedIn(
                tokens.path("access_token").asText(), tokens.path("refresh_token").asText());
    }

    static String appCode(Answer back) {
        Matcher matcher = ANSWER.matcher(back.location());
        if (!matcher.matches()) {
            throw new AssertionError(
                    "the app is not left for: "
                            + back.status()
                            + " "
                            + back.location()
                            + back.body());
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        view.close();
        client.close();
    }
}
