package dev.vestibule.e2e;

import dev.vestibule.GatewayHouse;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A [GatewayHouse] whose people sign in at a real Keycloak: its groups `admins`, `family` and
/// `guests` have roles here, `neighbours` has none.
final class KeycloakHouse extends GatewayHouse {

    private static final RolesConfig ROLES =
            new RolesConfig(Set.of("admins"), Set.of("family"), Set.of("guests"), List.of());
    private static final Pattern FORM =
            Pattern.compile("<form id=\"kc-form-login\"[^>]* action=\"([^\"]+)\"");

    KeycloakHouse(KeycloakServer keycloak) {
        this(freeOrigin(), keycloak);
    }

    private KeycloakHouse(Origin origin, KeycloakServer keycloak) {
        keycloak.awaitRealm();
        super(origin, List.of(keycloak.config()), ROLES);
    }

    /// Opens the sign-in and fills in Keycloak's form, without a browser.
    ///
    /// @param until where to stop following redirects
    /// @return the redirect that leads there, or the page that came instead
    Answer signInAt(VisitorBrowser browser, String username, String until) {
        Answer form = browser.walk(authorizeAddress(), until);
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
}
