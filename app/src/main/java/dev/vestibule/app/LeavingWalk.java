package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.app.DemoVisitor.Held;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

/// The steps of the demo's walk in which people leave: shut out, let in again, signed out by their
/// provider. Each begins where the one before ended. One thread.
final class LeavingWalk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PHONE =
            """
            {"app_id": "io.robbie.HomeAssistant", "app_name": "Home Assistant", "app_version": "1",
             "device_id": "a-phone", "device_name": "Ben's phone", "manufacturer": "A",
             "model": "B", "os_name": "C", "os_version": "1", "supports_encryption": false}
            """;

    private final DemoHouse house;
    private final DemoVisitor ben;
    private final DemoVisitor gwen;
    private Held bensTokens = new Held("", "");
    private String bensLongLivedToken = "";

    LeavingWalk(DemoHouse house) {
        this.house = house;
        this.ben = new DemoVisitor(house);
        this.gwen = new DemoVisitor(house);
    }

    /// Ben has a browser, a token for a script, a signed address, a phone and two open sockets; the
    /// operator suspends him.
    void suspendedEverythingDead() {
        bensTokens = ben.signIn(DemoHouse.FAMILY_MEMBER);
        try (VisitorSocket page = ben.openSocket(bensTokens.accessToken())) {
            bensLongLivedToken = makeToken(page, "script");
            String address = signedAddress(page);
            String webhook = registerPhone();
            try (VisitorSocket script = ben.openSocket(bensLongLivedToken)) {
                requireAlive(address, webhook);

                suspend(DemoHouse.FAMILY_MEMBER);

                requireClosed("the page's websocket", page);
                requireClosed("the script's websocket", script);
                requireStatus("the access token", ben.statusWith(bensTokens.accessToken()), 401);
                requireStatus("the long-lived token", ben.statusWith(bensLongLivedToken), 401);
                requireStatus(
                        "the refresh token", ben.refresh(bensTokens.refreshToken()).status(), 400);
                requireStatus("the signed address", statusOf(address), 401);
                requireStatus("the phone's webhook", callWebhook(webhook), 403);
                requireStatus("another sign-in", ben.walk(DemoHouse.FAMILY_MEMBER).status(), 403);
            }
        }
        requireAgreement("Ben");
        requireStatus(
                "the long-lived token at Home Assistant itself",
                ben.directStatusWith(bensLongLivedToken),
                401);
    }

    private void requireAlive(String address, String webhook) {
        requireStatus("the live access token", ben.statusWith(bensTokens.accessToken()), 200);
        requireStatus("the live long-lived token", ben.statusWith(bensLongLivedToken), 200);
        requireStatus("the live signed address", statusOf(address), 200);
        requireStatus("the phone's live webhook", callWebhook(webhook), 200);
    }

    /// Gwen is shut out while Home Assistant is away, which agrees once it is back.
    void suspendedWhileHomeDown() {
        Held held = gwen.signIn(DemoHouse.GUEST);
        String token;
        try (VisitorSocket page = gwen.openSocket(held.accessToken())) {
            token = makeToken(page, "script");
        }
        house.home().stop();

        suspend(DemoHouse.GUEST);

        requireStatus("the access token", gwen.statusWith(held.accessToken()), 401);
        requireStatus("the long-lived token", gwen.statusWith(token), 401);
        requireStatus("the refresh token", gwen.refresh(held.refreshToken()).status(), 400);
        house.home().startAgain();
        requireAgreement("Gwen");
        requireStatus(
                "the long-lived token at Home Assistant itself", gwen.directStatusWith(token), 401);
    }

    /// Ben may come in again, and nothing that he had before comes along.
    void restoredOldTokensStayDead() {
        unless(
                house.commands().restore(DemoHouse.FAMILY_MEMBER) instanceof ControlOutcome.Done,
                "Ben was not restored");
        DemoVisitor.await(
                "Home Assistant does not let Ben in again",
                () -> house.home().userNamed("Ben").filter(HomeUser::isActive).isPresent());
        Held before = bensTokens;

        bensTokens = ben.signIn(DemoHouse.FAMILY_MEMBER);

        requireStatus("the new access token", ben.statusWith(bensTokens.accessToken()), 200);
        requireStatus("the old access token", ben.statusWith(before.accessToken()), 401);
        requireStatus("the old long-lived token", ben.statusWith(bensLongLivedToken), 401);
        requireStatus("the old refresh token", ben.refresh(before.refreshToken()).status(), 400);
        requireStatus(
                "the old long-lived token at Home Assistant itself",
                ben.directStatusWith(bensLongLivedToken),
                401);
    }

    /// The provider signs Ben out: his browser is out, the token of his script lives on.
    void backChannelLogout() {
        bensTokens = ben.signIn(DemoHouse.FAMILY_MEMBER);
        try (VisitorSocket page = ben.openSocket(bensTokens.accessToken())) {
            String token = makeToken(page, "another script");

            int heard = house.sayLoggedOut(DemoHouse.FAMILY_MEMBER);

            requireStatus("the provider's word", heard, 200);
            requireClosed("the page's websocket", page);
            requireStatus("the access token", ben.statusWith(bensTokens.accessToken()), 401);
            requireStatus(
                    "the refresh token", ben.refresh(bensTokens.refreshToken()).status(), 400);
            requireStatus("the long-lived token", ben.statusWith(token), 200);
        }
    }

    private static String makeToken(VisitorSocket socket, String name) {
        return socket.call(
                        command("auth/long_lived_access_token")
                                .put("client_name", name)
                                .put("lifespan", 365))
                .asText();
    }

    private static String signedAddress(VisitorSocket socket) {
        return socket.call(command("auth/sign_path").put("path", "/api/config").put("expires", 600))
                .path("path")
                .asText();
    }

    private static ObjectNode command(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private String registerPhone() {
        return DemoVisitor.json(
                        "the phone's registration",
                        ben.browser()
                                .postJson(
                                        ben.at("/api/mobile_app/registrations"),
                                        PHONE,
                                        "Authorization",
                                        "Bearer " + bensTokens.accessToken()))
                .path("webhook_id")
                .asText();
    }

    private int callWebhook(String id) {
        return ben.browser()
                .postJson(ben.at("/api/webhook/" + id), "{\"type\":\"get_config\"}")
                .status();
    }

    private int statusOf(String address) {
        try (DemoVisitor anybody = new DemoVisitor(house)) {
            return anybody.browser().get(anybody.at(address)).status();
        }
    }

    private void suspend(String username) {
        unless(
                house.commands().suspend(username) instanceof ControlOutcome.Done,
                username + " was not suspended");
    }

    private static void requireStatus(String what, int status, int expected) {
        unless(status == expected, what + " got " + status + " instead of " + expected);
    }

    private static void requireClosed(String what, VisitorSocket socket) {
        int code = socket.awaitClose();
        unless(code == 1008, what + " was closed with " + code + " instead of 1008");
    }

    /// Waits until Home Assistant has deactivated the user and has no token of theirs.
    private void requireAgreement(String name) {
        DemoVisitor.await(
                "Home Assistant does not agree that " + name + " is out",
                () ->
                        house.home()
                                .userNamed(name)
                                .filter(user -> !user.isActive())
                                .filter(user -> house.home().refreshTokenIds(user.id()).isEmpty())
                                .isPresent());
    }

    @Override
    public void close() {
        ben.close();
        gwen.close();
    }
}
