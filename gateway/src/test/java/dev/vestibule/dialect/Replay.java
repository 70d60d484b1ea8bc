package dev.vestibule.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.scim.ScimClient;
import dev.vestibule.scim.ScimClient.Answer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Plays a pack, step by step. One thread.
final class Replay {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DialectPack pack;
    private final ScimClient client;
    private final SignedInPerson person;
    private final Decisions decisions = new Decisions(this::list);
    private final Map<String, String> kept = new HashMap<>();

    /// What was last heard about each resource, by its path.
    private final Map<String, JsonNode> heard = new HashMap<>();

    Replay(DialectPack pack, ScimClient client, SignedInPerson person) {
        this.pack = pack;
        this.client = client;
        this.person = person;
    }

    void play() {
        for (Step step : pack.steps()) {
            try {
                play(step);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError(
                        pack.name()
                                + ", "
                                + step.phase().key()
                                + ": "
                                + step.name()
                                + ": "
                                + failed,
                        failed);
            }
        }
    }

    private void play(Step step) {
        switch (step) {
            case Step.Sent sent -> {
                for (int n = 1; n <= sent.times(); n++) {
                    kept.put("n", "" + n);
                    send(sent);
                }
                follow(sent);
            }
            case Step.AuthentikSkips skips ->
                    Decisions.expectSkipped(
                            heard.getOrDefault(filled(skips.path()), JSON.missingNode()),
                            read(filled(skips.body())));
            case Step.AuthentikDiscovers discovers -> decisions.discover(discovers);
            case Step.PocketIdSweeps sweeps -> decisions.sweep(sweeps);
        }
    }

    private void send(Step.Sent step) {
        String path = filled(step.path());
        String body = filled(step.body());
        Answer answer = ask(step.method(), path, step.headers(), body);
        answer.expect(step.status());
        JsonNode json = answer.text().isEmpty() ? JSON.missingNode() : answer.json();
        Shapes.expectWellFormed(answer.status(), json);
        if (!step.answer().isMissingNode()) {
            Shapes.expectPart(read(filled(step.answer().toString())), json);
        }
        for (String name : step.absent()) {
            assertThat(json.has(name)).as(name).isFalse();
        }
        boolean isWhole = step.method().equals("POST") || step.method().equals("PUT");
        if (isWhole && answer.status() < 300 && !path.contains(".search")) {
            Shapes.expectEchoed(read(body), json);
        }
        step.keep().forEach((name, place) -> kept.put(name, json.at("/" + place).asText()));
        remember(json);
    }

    private void remember(JsonNode json) {
        if (json.has("id") && json.has("meta")) {
            heard.put(
                    "/" + json.at("/meta/resourceType").asText() + "s/" + json.path("id").asText(),
                    json);
        }
    }

    private void follow(Step.Sent step) {
        if (step.method().equals("DELETE") && step.path().equals("/Users/${user}")) {
            person.isRemoved();
        }
        switch (step.mark()) {
            case OPENS_SOCKET -> person.comeIn();
            case SOCKET_MUST_CLOSE -> person.expectPutOut();
            case SOCKET_MUST_STAY -> person.expectIn();
            case STAYS_OUT -> person.expectOut();
            case NONE -> {
                if (person.isIn()) {
                    person.expectIn();
                }
            }
        }
    }

    private JsonNode list(String path) {
        Answer answer = ask("GET", path, Map.of(), "").expect(200);
        Shapes.expectWellFormed(200, answer.json());
        return answer.json();
    }

    private Answer ask(String method, String path, Map<String, String> more, String body) {
        Map<String, String> headers = new LinkedHashMap<>(pack.headers());
        headers.putAll(more);
        String[] all =
                headers.entrySet().stream()
                        .filter(header -> !header.getValue().isEmpty())
                        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                        .toArray(String[]::new);
        return client.send(method, addressed(path), body.getBytes(StandardCharsets.UTF_8), all);
    }

    private String addressed(String path) {
        if (pack.query().isEmpty()) {
            return path;
        }
        String[] parts = path.split("\\?", 2);
        return parts[0] + "?" + pack.query() + (parts.length == 2 ? "&" + parts[1] : "");
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> each : kept.entrySet()) {
            filled = filled.replace("${" + each.getKey() + "}", each.getValue());
        }
        assertThat(filled).as("something was not kept").doesNotContain("${");
        return filled;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(json, unreadable);
        }
    }
}
