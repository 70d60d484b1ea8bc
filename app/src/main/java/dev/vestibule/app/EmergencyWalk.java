package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorFailed;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.util.Map;

/// The steps of the demo's walk about Home Assistant's own login, and about the console's way past
/// everything else. One thread.
final class EmergencyWalk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "local-login-was-here";

    private final DemoHouse house;
    private final DemoVisitor outsider;
    private final DemoVisitor atHome;

    EmergencyWalk(DemoHouse house) {
        this.house = house;
        this.outsider = new DemoVisitor(house);
        this.atHome = new DemoVisitor(house, DemoHouse.LIVING_ROOM);
    }

    /// Off is off at every door, also for whoever knows a password.
    void localLoginOff() {
        house.home().record().clear();
        requireClosed("/auth/login_flow", postJson("/auth/login_flow"));
        requireClosed("/auth/login_flow/" + MARK, postJson("/auth/login_flow/" + MARK));
        requireClosed("/auth/link_user", postJson("/auth/link_user"));
        requireClosed("/auth/providers", outsider.browser().get(outsider.at("/auth/providers")));
        requireClosed(
                "our own form",
                outsider.browser()
                        .postForm(
                                outsider.at("/auth/vestibule/local"),
                                Map.of("username", MARK, "password", MARK),
                                "Origin",
                                house.origin().toString()));
        unless(
                !house.home().record().contains(MARK),
                "bytes of a local login reached Home Assistant");
    }

    private Answer postJson(String path) {
        return outsider.browser()
                .postJson(
                        outsider.at(path),
                        "{\"client_id\": \"%s\", \"username\": \"%s\", \"password\": \"%s\"}"
                                .formatted(house.origin(), MARK, MARK));
    }

    private static void requireClosed(String what, Answer answer) {
        unless(
                answer.status() == 401 || answer.status() == 403 || answer.status() == 404,
                what + " answered " + answer.status());
    }

    /// While the provider is away, a code of the console lets an administrator in: from the house's
    /// own network, once.
    void breakGlass() {
        house.provider().goAway();
        String code = newCode();
        Answer fromOutside = type(outsider, code);
        unless(fromOutside.status() == 403, "from outside the code got " + fromOutside.status());

        Answer in = type(atHome, code);
        unless(in.status() == 302, "the code ended with " + DemoVisitor.said(in));
        String token = atHome.redeem(atHome.code(atHome.walk())).accessToken();
        try (VisitorSocket socket = atHome.openSocket(token)) {
            JsonNode user = socket.call(JSON.createObjectNode().put("type", "auth/current_user"));
            unless(user.path("is_admin").asBoolean(), "the emergency administrator is none");
        }
        Answer again = type(atHome, code);
        unless(again.status() == 403, "a code was taken twice");
        house.provider().comeBack();
    }

    private String newCode() {
        return switch (house.commands().emergency().breakGlass("", false)) {
            case ControlOutcome.NewToken(var code, _) -> code.reveal();
            case ControlOutcome.Done _, ControlOutcome.Refused _ ->
                    throw new VisitorFailed("the console gave no code");
        };
    }

    private Answer type(DemoVisitor visitor, String code) {
        return visitor.browser()
                .postForm(
                        visitor.at("/auth/vestibule/break-glass"),
                        Map.of("code", code),
                        "Origin",
                        house.origin().toString());
    }

    @Override
    public void close() {
        outsider.close();
        atHome.close();
    }
}
