package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorFailed;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Walks the demo over real HTTP without a browser, step by step, and prints one line for each: `ok
/// STEP MILLISECONDS` or `fail STEP REASON`. The first failure ends the walk. One thread, which may
/// be interrupted.
final class DemoCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCheck.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "demo-check-was-here";
    private static final String LIGHT = "light.kitchen";

    private final DemoHouse house;
    private final PrintWriter out;
    private final DemoVisitor visitor;
    private final VisitorBrowser browser;
    private final LeavingWalk leaving;
    private final ScimWalk scim;
    private final WaysWalk ways;
    private final AppWalk app;
    private final EmergencyWalk emergency;
    private String code = "";
    private String accessToken = "";
    private String refreshToken = "";
    private Optional<VisitorSocket> socket = Optional.empty();

    DemoCheck(DemoHouse house, PrintWriter out) {
        this.house = house;
        this.out = out;
        this.visitor = new DemoVisitor(house);
        this.browser = visitor.browser();
        this.leaving = new LeavingWalk(house);
        this.scim = new ScimWalk(house);
        this.ways = new WaysWalk(house);
        this.app = new AppWalk(house);
        this.emergency = new EmergencyWalk(house);
    }

    private record Step(String name, Runnable work) {}

    private List<Step> steps() {
        return List.of(
                new Step("anonymous-kept-out", this::anonymousKeptOut),
                new Step("sign-in", this::signIn),
                new Step("provisioned", this::provisioned),
                new Step("token", this::token),
                new Step("websocket", this::websocket),
                new Step("service-call", this::serviceCall),
                new Step("refresh", this::refresh),
                new Step("revoke-closes-socket", this::revokeClosesSocket),
                new Step("refused-person", this::refusedPerson),
                new Step("suspended-everything-dead", leaving::suspendedEverythingDead),
                new Step("suspended-while-home-down", leaving::suspendedWhileHomeDown),
                new Step("restored-old-tokens-stay-dead", leaving::restoredOldTokensStayDead),
                new Step("back-channel-logout", leaving::backChannelLogout),
                new Step("scim-create", scim::create),
                new Step("scim-group-role", scim::groupRole),
                new Step("scim-deactivate-closes-socket", scim::deactivateClosesSocket),
                new Step("scim-foreign-tenant-blind", scim::foreignTenantBlind),
                new Step("kiosk", ways::kiosk),
                new Step("hand-off", app::handOff),
                new Step("consent-for-unknown-client", ways::consentForUnknownClient),
                new Step("assertion", ways::assertion),
                new Step("local-login-off", emergency::localLoginOff),
                new Step("break-glass", emergency::breakGlass));
    }

    /// @return whether every step was ok
    boolean run() {
        for (Step step : steps()) {
            long begun = System.nanoTime();
            try {
                step.work().run();
            } catch (VisitorFailed failed) {
                say("fail " + step.name() + " " + failed.getMessage());
                return false;
            } catch (RuntimeException broken) {
                // A bug of ours fails its step like anything else; the trace is for its report.
                say("fail " + step.name() + " the walk itself broke: " + broken);
                LOG.error("event=demo-check-broke step={}", step.name(), broken);
                return false;
            }
            say("ok " + step.name() + " " + (System.nanoTime() - begun) / 1_000_000);
        }
        return true;
    }

    /// One line, whatever a reason brings along.
    private void say(String line) {
        out.println(line.replaceAll("\\R", " "));
        out.flush();
    }

    private void anonymousKeptOut() {
        house.home().record().clear();
        Answer shell = browser.get(at("/?" + MARK + "=1"), "X-Mark", MARK);
        unless(shell.status() == 200, "the front end's page answered " + shell.status());
        for (String path :
                List.of(
                        "/api/states",
                        "/api/config",
                        "/local/" + MARK + ".txt",
                        "/auth/providers")) {
            Answer answer = browser.get(at(path + "?" + MARK + "=1"), "X-Mark", MARK);
            unless(
                    answer.status() == 401 || answer.status() == 403,
                    path + " answered " + answer.status());
        }
        try (VisitorSocket stranger = visitor.openSocket()) {
            String answer = stranger.authenticate(MARK);
            unless(answer.equals("auth_invalid"), "a made-up token got " + answer);
        }
        unless(
                !house.home().record().contains(MARK),
                "bytes of an anonymous request reached Home Assistant");
    }

    private void signIn() {
        code = visitor.authorize(DemoHouse.FAMILY_MEMBER);
    }

    private void provisioned() {
        List<HomeUser> found = new ArrayList<>(house.home().users());
        found.removeIf(user -> !user.name().equals("Ben"));
        unless(found.size() == 1, found.size() + " users were made for one person");
        unless(
                found.getFirst().groups().equals(List.of("system-users")),
                "the groups are " + found.getFirst().groups());
    }

    private void token() {
        DemoVisitor.Held held = visitor.redeem(code);
        accessToken = held.accessToken();
        refreshToken = held.refreshToken();
        unless(!accessToken.isEmpty() && !refreshToken.isEmpty(), "tokens are missing");
        unless(visitor.exchange(code).status() == 400, "a code was taken twice");
        unless(
                !house.home().record().contains(refreshToken),
                "the gateway's refresh token reached Home Assistant");
    }

    private void websocket() {
        VisitorSocket opened = visitor.openSocket(accessToken);
        socket = Optional.of(opened);
        JsonNode user = opened.call(JSON.createObjectNode().put("type", "auth/current_user"));
        unless(user.path("name").asText().equals("Ben"), "signed in as " + user.path("name"));
        unless(!user.path("is_admin").asBoolean(), "a family member became an administrator");
    }

    private void serviceCall() {
        String before = house.home().state(LIGHT);
        socket.orElseThrow()
                .call(
                        JSON.createObjectNode()
                                .put("type", "call_service")
                                .put("domain", "light")
                                .put("service", "toggle")
                                .set("target", JSON.createObjectNode().put("entity_id", LIGHT)));
        unless(!house.home().state(LIGHT).equals(before), "the light is still " + before);
    }

    private void refresh() {
        JsonNode answer = DemoVisitor.json("the refresh", visitor.refresh(refreshToken));
        accessToken = answer.path("access_token").asText();
        int status = visitor.statusWith(accessToken);
        unless(status == 200, "the fresh access token got " + status);
    }

    private void revokeClosesSocket() {
        int status = browser.postForm(at("/auth/revoke"), Map.of("token", refreshToken)).status();
        unless(status == 200, "the revocation answered " + status);
        int closeCode = socket.orElseThrow().awaitClose();
        unless(closeCode == 1008, "the websocket closed with " + closeCode + " instead of 1008");
        int after = visitor.statusWith(accessToken);
        unless(after == 401, "the access token still got " + after);
    }

    private void refusedPerson() {
        try (DemoVisitor stranger = new DemoVisitor(house)) {
            Answer answer = stranger.walk(DemoHouse.STRANGER);
            unless(
                    answer.status() == 403,
                    "a person without a role got " + answer.status() + " instead of 403");
        }
        unless(
                house.home().users().stream().noneMatch(user -> user.name().equals("Sam")),
                "a Home Assistant user was made for a person without a role");
    }

    private URI at(String pathAndQuery) {
        return visitor.at(pathAndQuery);
    }

    @Override
    public void close() {
        socket.ifPresent(VisitorSocket::close);
        leaving.close();
        scim.close();
        ways.close();
        app.close();
        emergency.close();
        visitor.close();
    }
}
