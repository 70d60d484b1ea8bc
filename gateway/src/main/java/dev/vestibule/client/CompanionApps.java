package dev.vestibule.client;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Home Assistant's own apps, by exactly the pairs that Home Assistant lets pass without asking
/// (`verify_redirect_uri` in its `components/auth/indieauth.py`). Builds of the apps' developers
/// have other ids, which Home Assistant knows from a page that it fetches; they are none of ours.
///
/// Attack: a rogue app on the phone registers `homeassistant:` and asks under another name.
final class CompanionApps {

    private static final String CALLBACK = "homeassistant://auth-callback";
    private static final String WATCH = "/3p_auth/io.homeassistant.companion.android";

    private record App(String name, Set<String> redirects) {}

    private static final Map<String, App> ALL =
            Map.of(
                    "https://home-assistant.io/iOS",
                    new App("Home Assistant for iOS", Set.of(CALLBACK)),
                    "https://home-assistant.io/android",
                    new App(
                            "Home Assistant for Android",
                            Set.of(
                                    CALLBACK,
                                    "https://wear.googleapis.com" + WATCH,
                                    "https://wear.googleapis-cn.com" + WATCH)));

    private CompanionApps() {}

    static List<String> ids() {
        return ALL.keySet().stream().sorted().toList();
    }

    static boolean isOne(String clientId) {
        return ALL.containsKey(clientId);
    }

    /// @param clientId of an app
    static boolean mayLeadTo(String clientId, String redirectUri) {
        App app = ALL.get(clientId);
        return app != null && app.redirects().contains(redirectUri);
    }

    /// @param clientId of an app
    static String nameOf(String clientId) {
        App app = ALL.get(clientId);
        if (app == null) {
            throw new IllegalArgumentException("no app: " + clientId);
        }
        return app.name();
    }
}
