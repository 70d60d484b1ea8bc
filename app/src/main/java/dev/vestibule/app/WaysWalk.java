package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.app.DemoVisitor.Held;
import dev.vestibule.testhouse.proxy.Assertion;
import dev.vestibule.testhouse.proxy.AssertionLie;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The steps of the demo's walk in which somebody comes in by another way than the provider's page.
/// One thread.
final class WaysWalk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROGRAM = "https://stranger.example";

    /// Of a verifier that nobody needs here (RFC 7636, appendix B).
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final Pattern REQUEST =
            Pattern.compile("name=\"request\" value=\"([A-Za-z0-9_-]+)\"");

    private final DemoHouse house;
    private final DemoVisitor tablet;
    private final DemoVisitor thief;
    private final DemoVisitor employee;
    private final DemoVisitor curious;

    WaysWalk(DemoHouse house) {
        this.house = house;
        this.tablet = new DemoVisitor(house, DemoHouse.HALLWAY);
        this.thief = new DemoVisitor(house);
        this.employee = new DemoVisitor(house);
        this.curious = new DemoVisitor(house);
    }

    /// The wall tablet comes straight to its dashboard, and what it holds opens nothing elsewhere.
    void kiosk() {
        int before = house.provider().requests().size();
        Held held = tablet.redeem(tablet.code(tablet.walk()));
        try (VisitorSocket socket = tablet.openSocket(held.accessToken())) {
            JsonNode user = currentUser(socket);
            unless(
                    user.path("name").asText().equals("hallway"),
                    "the tablet came in as " + user.path("name"));
            unless(!user.path("is_admin").asBoolean(), "the tablet became an administrator");
        }
        unless(
                house.provider().requests().size() == before,
                "the tablet was sent to the identity provider");
        int elsewhere = thief.statusWith(held.accessToken());
        unless(elsewhere == 403, "the tablet's token from elsewhere got " + elsewhere);
        Answer refreshed = thief.refresh(held.refreshToken());
        unless(
                refreshed.status() >= 400,
                "the tablet's refresh token from elsewhere got " + refreshed.status());
    }

    /// Whom a proxy in front has signed in has one login and not two; a word that it did not sign
    /// is none.
    void assertion() {
        employee.browser().carry(DemoHouse.ASSERTION, carla().signedFalsely(AssertionLie.STRANGER));
        String doubted = employee.knock().location();
        unless(
                doubted.startsWith(house.provider().issuer().toString()),
                "an assertion of a stranger's key led to '" + doubted + "'");

        employee.browser().carry(DemoHouse.ASSERTION, carla().signed());
        Held held = employee.redeem(employee.code(employee.walk()));
        try (VisitorSocket socket = employee.openSocket(held.accessToken())) {
            JsonNode user = currentUser(socket);
            unless(
                    user.path("name").asText().equals("Carla"),
                    "the proxy's person came in as " + user.path("name"));
        }
    }

    /// A program that nobody listed gets nothing that a person did not give it by a click of their
    /// own.
    void consentForUnknownClient() {
        house.provider().signInAutomaticallyAs(DemoHouse.FAMILY_MEMBER);
        house.home().record().clear();
        Answer asked = curious.browser().walk(programAsks(), PROGRAM);
        String request = request(asked);
        unless(
                asked.body().contains("stranger.example"),
                "the page does not name who asks: " + DemoVisitor.said(asked));
        Answer refused = press(request, "refuse");
        unless(
                refused.status() == 200 && !refused.body().contains("code="),
                "after a refusal came " + DemoVisitor.said(refused));
        unless(
                press(request, "allow").status() == 400,
                "an answer was taken back after it was given");
        unless(
                !house.home().record().contains("stranger.example"),
                "Home Assistant heard of the program before anybody allowed it");

        Answer allowed = press(request(curious.browser().walk(programAsks(), PROGRAM)), "allow");
        unless(
                allowed.body().contains(PROGRAM + "/callback?code="),
                "after the click came " + DemoVisitor.said(allowed));
    }

    private URI programAsks() {
        return curious.at(
                "/auth/authorize?response_type=code&state=x&client_id="
                        + VisitorBrowser.encode(PROGRAM + "/")
                        + "&redirect_uri="
                        + VisitorBrowser.encode(PROGRAM + "/callback")
                        + "&code_challenge_method=S256&code_challenge="
                        + CHALLENGE);
    }

    private static String request(Answer page) {
        Matcher request = REQUEST.matcher(page.body());
        unless(request.find(), "no page asked for consent, but " + DemoVisitor.said(page));
        return request.group(1);
    }

    private Answer press(String request, String answer) {
        return curious.browser()
                .postForm(
                        curious.at("/auth/vestibule/consent"),
                        Map.of("request", request, "answer", answer),
                        "Origin",
                        house.origin().toString());
    }

    private Assertion carla() {
        return house.proxy()
                .assertionFor("carla")
                .with("name", "Carla")
                .with("groups", List.of("family"));
    }

    private static JsonNode currentUser(VisitorSocket socket) {
        return socket.call(JSON.createObjectNode().put("type", "auth/current_user"));
    }

    @Override
    public void close() {
        tablet.close();
        thief.close();
        employee.close();
        curious.close();
    }
}
