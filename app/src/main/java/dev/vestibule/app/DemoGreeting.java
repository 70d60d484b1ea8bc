package dev.vestibule.app;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What the demo tells whoever started it: what to open, and what to try.
final class DemoGreeting {

    private static final String APP_REDIRECT = "homeassistant://auth-callback";
    private static final String PROGRAM = "https://program.example.org/";

    // The example of RFC 7636 appendix B.
    private static final String CODE_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private DemoGreeting() {}

    /// Adds an identity system to the house, because its token is part of what is told.
    static String of(DemoHouse house) {
        return """

                Vestibule's demo is running, all of it on this machine.

                  Open   %s

                You are sent to a demo identity provider. Choose who you are:
                  Ada    runs the house: an administrator of Home Assistant
                  Ben    lives here: switches the lights
                  Gwen   is a guest: may look
                  Sam    has no access: is refused, and Home Assistant never hears of him

                Try: switch a light, open a second window and watch it follow. Sign out, come back
                as somebody else. Ask for %s/api/states without signing in.
                Behind it, Home Assistant is simulated at %s (not protected: it is the one
                that nobody should reach but the gateway).

                See the gateway's own pages. Everybody has a profile; Ada has the console too: let
                her suspend Ben there, in a second browser, and his open page closes. Restore him
                after.

                  %s/auth/vestibule/profile
                  %s/auth/vestibule/console

                Be a phone's app, which is signed in by a code, and a program that nobody listed:

                  %s
                  %s

                Be an identity system: sign in as Ben, leave the page open, and in another terminal
                send him over SCIM, look at the list, and switch him off; his page closes at once.

                  AUTH='Authorization: Bearer %s'
                  USERS=%s/Users

                  curl -sH "$AUTH" "$USERS" --json '{"userName": "ben", "externalId": "ben"}'
                  curl -sH "$AUTH" "$USERS"
                  curl -sH "$AUTH" "$USERS/ID" -X PATCH --json '{"Operations": [
                    {"op": "replace", "path": "active", "value": false}]}'

                (ID is the "id" in the answers.)

                Stop with Ctrl-C; nothing is left behind.
                """
                .formatted(
                        house.origin(),
                        house.origin(),
                        house.home().url(),
                        house.origin(),
                        house.origin(),
                        asks(house, "https://home-assistant.io/android", APP_REDIRECT),
                        asks(house, PROGRAM, PROGRAM + "done"),
                        house.addScimClient("demo").reveal(),
                        house.scim());
    }

    /// Where a client sends a browser that it wants access from; whoever makes no use of the code
    /// that comes of it needs no verifier either.
    private static URI asks(DemoHouse house, String client, String redirect) {
        return house.origin()
                .resolve(
                        "/auth/authorize?response_type=code&client_id=%s&redirect_uri=%s"
                                        .formatted(encoded(client), encoded(redirect))
                                + "&code_challenge_method=S256&code_challenge="
                                + CODE_CHALLENGE);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
