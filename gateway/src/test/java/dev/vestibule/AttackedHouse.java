package dev.vestibule;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.net.URI;
import java.util.Map;

/// A whole gateway behind a proxy of this machine, and people at addresses of the internet who
/// prove wrongly who they are, by HTTP. What they do leaves lines in the log, of which
/// [dev.vestibule.audit.AuthenticationFailures] writes those that count.
public final class AttackedHouse implements AutoCloseable {

    private final TestHouse house =
            new TestHouse(
                    Plan.USUAL.changed(
                            SignInChange.of(
                                    LocalLogins.localLogin(LocalLogin.ON), LocalLogins.NETWORK)));

    public AttackedHouse() {
        house.homeAssistant().addUser("Greta", "greta", "correct horse", "system-users");
    }

    /// Somebody types a name, and a password that is not its one.
    public void wrongPassword(String from, String name) {
        try (HouseBrowser browser = new HouseBrowser(house, from)) {
            Answer page = browser.follow(browser.get(house.authorizeAddress()));
            browser.post(
                    "/auth/vestibule/local",
                    Map.of(
                            "choice",
                            page.hidden("choice"),
                            "username",
                            name,
                            "password",
                            "guessed"));
        }
    }

    /// Somebody who belongs here comes in.
    public void rightPassword(String from) {
        try (HouseBrowser browser = new HouseBrowser(house, from)) {
            Answer page = browser.follow(browser.get(house.authorizeAddress()));
            browser.post(
                    "/auth/vestibule/local",
                    Map.of(
                            "choice", page.hidden("choice"),
                            "username", "greta",
                            "password", "correct horse"));
        }
    }

    public void wrongBreakGlassCode(String from) {
        try (HouseBrowser browser = new HouseBrowser(house, from)) {
            browser.post("/auth/vestibule/break-glass", Map.of("code", "0000-".repeat(8)));
        }
    }

    /// Asks for a page on behalf of a client that nobody knows; its id is in the log.
    public void unknownClient(String from, String clientId) {
        try (HouseBrowser browser = new HouseBrowser(house, from)) {
            browser.get(
                    "/auth/authorize?response_type=code&redirect_uri=https%3A%2F%2Fx.example%2F"
                            + "&client_id="
                            + VisitorBrowser.encode(clientId));
        }
    }

    public void wrongBearer(String from) {
        get(from, "/api/config", "Authorization", "Bearer made.up.token");
    }

    public void wrongScimToken(String from) {
        get(from, "/scim/v2/Users", "Authorization", "Bearer vst_scim_" + "a".repeat(43));
    }

    public void wrongRefreshToken(String from) {
        tokenRequest(from);
    }

    public void wrongSocketToken(String from, String... headers) {
        try (VisitorBrowser browser = new VisitorBrowser()) {
            browser.carry(withAddress(from, headers));
            try (VisitorSocket socket = house.openSocket(browser)) {
                socket.authenticate("made.up.token");
            }
        }
    }

    /// Somebody reads a page of a stranger, which has their browser ask for whatever a page can.
    public void readHostilePage(String reader) {
        String[] page = {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"};
        get(reader, "/auth/vestibule/callback/op?state=" + "s".repeat(43) + "&code=x", page);
        get(reader, "/api/camera_proxy/camera.door?authSig=made.up.signature", page);
        get(reader, "/api/config?authSig=made.up.signature", page);
        get(reader, "/scim/v2/Users", page);
        get(reader, "/auth/app/made-up", page);
        tokenRequest(reader, page);
        wrongSocketToken(reader, "Origin", "https://evil.example");
        try (HouseBrowser browser = new HouseBrowser(house, reader).onForeignPage()) {
            browser.post("/auth/vestibule/break-glass", Map.of("code", "0000-".repeat(8)));
            browser.post(
                    "/auth/vestibule/local",
                    Map.of("choice", "c", "username", "greta", "password", "guessed"));
        }
    }

    private void tokenRequest(String from, String... headers) {
        try (VisitorBrowser browser = new VisitorBrowser()) {
            browser.carry(withAddress(from, headers));
            browser.postForm(
                    house.at("/auth/token"),
                    Map.of(
                            "grant_type", "refresh_token",
                            "refresh_token", "made-up",
                            "client_id", house.clientId()));
        }
    }

    private void get(String from, String path, String... headers) {
        try (VisitorBrowser browser = new VisitorBrowser()) {
            browser.carry(withAddress(from, headers));
            browser.get(URI.create(house.origin() + path));
        }
    }

    private static String[] withAddress(String from, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "X-Forwarded-For";
        all[1] = from;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }

    @Override
    public void close() {
        house.close();
    }
}
