package dev.vestibule.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import dev.vestibule.config.ScimConfig;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one identity system sends from the first probe to the last request, read from a file of
/// `scim/packs/`.
///
/// @param query stands in every address, as Entra's flag does; empty for none
/// @param headers of every request
/// @param scim how the gateway is configured for it
/// @param person who signs in meanwhile
record DialectPack(
        String name,
        String query,
        Map<String, String> headers,
        ScimConfig scim,
        Somebody person,
        List<Step> steps) {

    static final List<String> NAMES =
            List.of(
                    "okta-oin",
                    "okta-aiw",
                    "entra-default",
                    "entra-flag",
                    "authentik-patch",
                    "authentik-put",
                    "authentik-fallback",
                    "authentik-aws",
                    "authentik-discover",
                    "pocketid",
                    "onelogin",
                    "jumpcloud",
                    "ping");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Set<String> KEYS =
            Set.of("system", "match", "claim", "query", "headers", "person", "steps");
    private static final Set<String> STEP_KEYS =
            Set.of(
                    "send", "headers", "body", "status", "answer", "absent", "keep", "times",
                    "mark", "decides", "sees", "alike");

    DialectPack {
        headers = Map.copyOf(headers);
        steps = List.copyOf(steps);
    }

    /// Who the pack is about, as the provider knows them.
    ///
    /// @param claims that the provider sends besides
    record Somebody(String subject, String userName, Map<String, String> claims) {
        Somebody {
            claims = Map.copyOf(claims);
        }
    }

    static DialectPack read(String name) {
        try (InputStream file =
                DialectPack.class.getResourceAsStream("/scim/packs/" + name + ".yaml")) {
            JsonNode pack = YAML.readTree(file);
            requireKnown(name, pack, KEYS);
            JsonNode person = pack.path("person");
            return new DialectPack(
                    name,
                    pack.path("query").asText(),
                    texts(pack.path("headers")),
                    new ScimConfig(
                            switch (pack.path("match").asText()) {
                                case "external-id" -> ScimConfig.Match.EXTERNAL_ID;
                                case "user-name" -> ScimConfig.Match.USER_NAME;
                                default -> throw unreadable(name, pack.path("match"));
                            },
                            pack.path("claim").asText(),
                            ScimConfig.RolesFrom.SCIM,
                            ScimConfig.People.ANYBODY),
                    new Somebody(
                            person.path("subject").asText(),
                            person.path("userName").asText(),
                            texts(person.path("claims"))),
                    pack.path("steps").valueStream().map(step -> step(name, step)).toList());
        } catch (IOException problem) {
            throw new IllegalStateException(name + ": " + problem.getMessage(), problem);
        }
    }

    private static Step step(String pack, JsonNode step) {
        Phase phase =
                Arrays.stream(Phase.values())
                        .filter(one -> step.has(one.key()))
                        .findFirst()
                        .orElseThrow(() -> unreadable(pack, step));
        Set<String> known = new LinkedHashSet<>(STEP_KEYS);
        known.add(phase.key());
        requireKnown(pack, step, known);
        String name = step.path(phase.key()).asText();
        String[] send = step.path("send").asText().split(" ", 2);
        if (send.length < 2) {
            throw unreadable(pack, step);
        }
        String body = step.path("body").asText();
        return switch (step.path("decides").asText()) {
            case "" -> sent(pack, phase, name, send, body, step);
            case "authentik-skips" -> new Step.AuthentikSkips(phase, name, send[1], body);
            case "authentik-discovers" ->
                    new Step.AuthentikDiscovers(
                            phase,
                            name,
                            send[1],
                            list(step.path("sees")),
                            step.path("alike").asInt());
            case "pocketid-sweeps" ->
                    new Step.PocketIdSweeps(phase, name, send[1], list(step.path("sees")));
            default -> throw unreadable(pack, step);
        };
    }

    private static Step.Sent sent(
            String pack, Phase phase, String name, String[] send, String body, JsonNode step) {
        if (!step.path("status").isInt()) {
            throw unreadable(pack, step);
        }
        return new Step.Sent(
                phase,
                name,
                send[0],
                send[1],
                texts(step.path("headers")),
                body,
                step.path("status").asInt(),
                step.path("answer"),
                Set.copyOf(list(step.path("absent"))),
                texts(step.path("keep")),
                step.path("times").asInt(1),
                Mark.named(step.path("mark").asText()));
    }

    private static List<String> list(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    private static void requireKnown(String pack, JsonNode object, Set<String> known) {
        for (var member : object.properties()) {
            if (!known.contains(member.getKey())) {
                throw new IllegalStateException(pack + " has an unknown key " + member.getKey());
            }
        }
    }

    private static IllegalStateException unreadable(String pack, JsonNode what) {
        return new IllegalStateException(pack + " cannot be read at " + what);
    }
}
