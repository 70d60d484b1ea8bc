package dev.vestibule.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A [GatewayHouse] whose people sign in at a real Keycloak: its groups `admins`, `family` and
/// `guests` have roles here, `neighbours` has none.
final class KeycloakHouse extends GatewayHouse {

    /// The client id of the Android app.
    static final String PHONE = "https://home-assistant.io/android";

    private static final RolesConfig ROLES =
            new RolesConfig(Set.of("admins"), Set.of("family"), Set.of("guests"), List.of());
    private static final Pattern FORM =
            Pattern.compile("<form id=\"kc-form-login\"[^>]* action=\"([^\"]+)\"");

    KeycloakHouse(KeycloakServer keycloak) {
        this(keycloak, LivenessConfig.DEFAULTS.checkEvery());
    }

    /// @param checkEvery how often Keycloak is asked about people who signed in
    KeycloakHouse(KeycloakServer keycloak, Duration checkEvery) {
        this(freeOrigin(), keycloak, checkEvery);
    }

    private KeycloakHouse(Origin origin, KeycloakServer keycloak, Duration checkEvery) {
        keycloak.awaitRealm();
        super(origin, List.of(asked(keycloak.config(), liveness(checkEvery))), ROLES);
        keycloak.admin().sendLogoutsTo(at("/auth/vestibule/back-channel-logout/keycloak"));
    }

    /// As `preset: keycloak` has it.
    private static LivenessConfig liveness(Duration checkEvery) {
        return new LivenessConfig(
                true,
                checkEvery,
                LivenessConfig.DEFAULTS.maxAge(),
                DisablementProof.WHEN_SAID,
                true);
    }

    /// A phone that was signed in before the gateway came, and belongs to somebody who has an
    /// account here by now.
    SignedIn phoneOf(VisitorBrowser phone, String username) {
        HomeUser atHome =
                homeAssistant()
                        .addUser("Phone of " + username, username + "-home", PHONE, "system-users");
        String token =
                homeAssistant().signInDirectly(username + "-home", PHONE, PHONE).refreshToken();
        link(username, atHome.id());
        return new SignedIn(
                json(refresh(phone, token, PHONE)).path("access_token").asText(), token);
    }

    /// Opens the sign-in and fills in Keycloak's form, without a browser.
    ///
    /// @param until where to stop following redirects
    /// @return the redirect that leads there, or the page that came instead
    Answer signInAt(VisitorBrowser browser, String username, String until) {
        return signInAt(browser, authorizeAddress(), username, until);
    }

    /// As before, from whatever address leads to Keycloak.
    static Answer signInAt(VisitorBrowser browser, URI start, String username, String until) {
        Answer form = browser.walk(start, until);
        Answer after =
                browser.postForm(
                        actionOf(form),
                        Map.of(
                                "username",
                                username,
                                "password",
                                KeycloakServer.passwordOf(username),
                                "credentialId",
                                ""));
        return after.location().startsWith(until)
                ? after
                : browser.walk(URI.create(after.location()), until);
    }

    private static URI actionOf(Answer page) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new IllegalStateException(
                    "not Keycloak's form: " + page.status() + " " + page.location() + page.body());
        }
        return URI.create(form.group(1).replace("&amp;", "&"));
    }

    SignedIn signIn(VisitorBrowser browser, String username) {
        return redeem(browser, codeIn(signInAt(browser, username, landing())));
    }

    /// Signs the same person in once more, whether Keycloak still knows the browser or not.
    SignedIn signInAgain(VisitorBrowser browser, String username) {
        Answer back = browser.walk(authorizeAddress(), landing());
        return back.location().startsWith(landing())
                ? redeem(browser, codeIn(back))
                : signIn(browser, username);
    }

    static String whoIsThere(VisitorSocket socket) {
        return socket.call(JsonNodeFactory.instance.objectNode().put("type", "auth/current_user"))
                .path("name")
                .asText();
    }
}
