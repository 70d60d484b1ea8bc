package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.app.DemoVisitor.Held;
import dev.vestibule.testhouse.proxy.Assertion;
import dev.vestibule.testhouse.proxy.AssertionLie;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.util.List;

/// The steps of the demo's walk in which somebody comes in by another way than the provider's page.
/// One thread.
final class WaysWalk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DemoHouse house;
    private final DemoVisitor tablet;
    private final DemoVisitor thief;
    private final DemoVisitor employee;

    WaysWalk(DemoHouse house) {
        this.house = house;
        this.tablet = new DemoVisitor(house, DemoHouse.HALLWAY);
        this.thief = new DemoVisitor(house);
        this.employee = new DemoVisitor(house);
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
    }
}
