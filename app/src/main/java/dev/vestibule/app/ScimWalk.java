package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.ScimVisitor;
import dev.vestibule.testhouse.visitor.ScimVisitor.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.util.List;

/// The steps of the demo's walk in which an identity system sends Sam over SCIM, and takes him
/// back. Each begins where the one before ended. One thread.
final class ScimWalk implements AutoCloseable {

    /// The client that sends Sam, and one that does not know him.
    static final String DIRECTORY = "walk";

    static final String FOREIGN = "foreign";

    private static final String SAM =
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "sam",
             "externalId": "%s", "displayName": "Sam", "active": true}
            """
                    .formatted(DemoHouse.STRANGER);

    private final DemoHouse house;
    private final DemoVisitor sam;
    private final ScimVisitor directory;
    private final ScimVisitor foreign;
    private String user = "";
    private String group = "";

    ScimWalk(DemoHouse house) {
        this.house = house;
        this.sam = new DemoVisitor(house);
        this.directory = visitor(DIRECTORY);
        this.foreign = visitor(FOREIGN);
    }

    private ScimVisitor visitor(String client) {
        return new ScimVisitor(house.scim(), house.addScimClient(client).reveal());
    }

    /// Sam is sent. He is known, found, and may nothing yet.
    void create() {
        Answer created = directory.post("/Users", SAM);
        requireStatus("the creation", created, 201);
        user = created.id();
        Answer found = directory.get("/Users?filter=userName%20eq%20%22SAM%22");
        requireStatus("the search", found, 200);
        unless(
                found.json().path("totalResults").asInt() == 1
                        && found.json().path("Resources").path(0).path("id").asText().equals(user),
                "the search found " + found.json());
        requireStatus("the same once more", directory.post("/Users", SAM), 409);
        int walked = sam.walk(DemoHouse.STRANGER).status();
        unless(walked == 403, "somebody without a group got " + walked + " instead of 403");
    }

    /// A group gives him a role: Home Assistant has his user before he ever comes, and then he
    /// does.
    void groupRole() {
        Answer made =
                directory.post(
                        "/Groups",
                        """
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
                         "displayName": "family", "members": [{"value": "%s"}]}
                        """
                                .formatted(user));
        requireStatus("the group", made, 201);
        group = made.id();
        DemoVisitor.await(
                "Home Assistant has no user Sam among its users",
                () ->
                        house.home()
                                .userNamed("Sam")
                                .map(HomeUser::groups)
                                .filter(List.of("system-users")::equals)
                                .isPresent());
        int status = sam.statusWith(sam.signIn(DemoHouse.STRANGER).accessToken());
        unless(status == 200, "Sam's access token got " + status);
    }

    /// He is switched off: his page closes, and nothing of his works any more.
    void deactivateClosesSocket() {
        DemoVisitor.Held held = sam.signIn(DemoHouse.STRANGER);
        try (VisitorSocket page = sam.openSocket(held.accessToken())) {
            Answer off =
                    directory.patch(
                            "/Users/" + user,
                            "{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\"}");
            requireStatus("switching off", off, 200);
            unless(
                    off.json().path("active").isBoolean() && !off.json().path("active").asBoolean(),
                    "active is " + off.json().path("active"));
            int code = page.awaitClose();
            unless(code == 1008, "Sam's websocket was closed with " + code + " instead of 1008");
        }
        int status = sam.statusWith(held.accessToken());
        unless(status == 401, "Sam's access token got " + status + " instead of 401");
        DemoVisitor.await(
                "Home Assistant does not agree that Sam is out",
                () -> house.home().userNamed("Sam").filter(one -> !one.isActive()).isPresent());
    }

    /// Another client does not see Sam, and cannot touch him.
    void foreignTenantBlind() {
        JsonNode list = foreign.get("/Users").json();
        unless(list.path("totalResults").asInt(-1) == 0, "a foreign client sees " + list);
        for (String path : List.of("/Users/" + user, "/Groups/" + group)) {
            requireStatus("reading " + path, foreign.get(path), 404);
            requireStatus("deleting " + path, foreign.delete(path), 404);
            requireStatus(
                    "changing " + path,
                    foreign.patch(
                            path, "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": 1}"),
                    404);
        }
        requireStatus(
                "a group with a foreign member",
                foreign.post(
                        "/Groups",
                        "{\"displayName\": \"family\", \"members\": [{\"value\": \""
                                + user
                                + "\"}]}"),
                400);
        try (ScimVisitor stranger = new ScimVisitor(house.scim(), "")) {
            requireStatus("a stranger's list", stranger.get("/Users"), 401);
        }
        requireStatus("its own client's reading", directory.get("/Users/" + user), 200);
    }

    private static void requireStatus(String what, Answer answer, int expected) {
        unless(
                answer.status() == expected,
                what
                        + " got "
                        + answer.status()
                        + " instead of "
                        + expected
                        + ": "
                        + answer.json().path("detail").asText());
    }

    @Override
    public void close() {
        sam.close();
        directory.close();
        foreign.close();
    }
}
