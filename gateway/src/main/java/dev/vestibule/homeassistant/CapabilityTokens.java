package dev.vestibule.homeassistant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.secret.Secret;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tokens by which an image of a camera, an image entity or a media player may be fetched
/// without a sign-in, learned from `subscribe_entities`. Safe to share between threads.
///
/// Home Assistant makes a new one every few minutes and accepts the last two, so the last two of
/// each entity are kept. Bounded: tokens of further entities are not learned, and their images ask
/// for a sign-in.
final class CapabilityTokens {

    static final int ENTITIES_MAX = 5_000;
    private static final int TOKEN_LENGTH_MAX = 256;
    private static final Set<String> DOMAINS = Set.of("camera", "image", "media_player");
    private static final Pattern TOKEN_PARAMETER = Pattern.compile("[?&]token=([^&#]+)");

    private final Map<String, List<Secret>> lastTwo = new ConcurrentHashMap<>();

    /// Whether the token opens the entity's image now. Takes the same time for every wrong token.
    boolean knows(String entityId, String token) {
        boolean isKnown = false;
        for (Secret known : lastTwo.getOrDefault(entityId, List.of())) {
            isKnown |= known.equals(new Secret(token));
        }
        return isKnown;
    }

    /// Forgets all: the next connection tells what holds.
    void clear() {
        lastTwo.clear();
    }

    /// Reads one message of `subscribe_entities`: `a` adds entities with all attributes (`a`), `c`
    /// changes some, with the new attributes under `+`, and `r` removes. Only the entities of the
    /// three domains become trees; a house with thousands of others costs a scan.
    void learn(SocketMessage message) throws IOException {
        try (JsonParser parser = message.parser()) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isEvent = parser.currentName().equals("event");
                if (parser.nextToken() == JsonToken.START_OBJECT && isEvent) {
                    readEvent(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void readEvent(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String kind = parser.currentName();
            JsonToken value = parser.nextToken();
            if (kind.equals("r") && value == JsonToken.START_ARRAY) {
                Json.texts(parser.readValueAsTree()).forEach(lastTwo::remove);
            } else if ((kind.equals("a") || kind.equals("c")) && value == JsonToken.START_OBJECT) {
                readEntities(parser, kind.equals("c") ? "+" : "");
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readEntities(JsonParser parser, String wrapper) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String entityId = parser.currentName();
            parser.nextToken();
            if (DOMAINS.contains(entityId.split("\\.", 2)[0])) {
                JsonNode state = parser.readValueAsTree();
                JsonNode changed = wrapper.isEmpty() ? state : state.path(wrapper);
                tokens(changed.path("a")).forEach(token -> remember(entityId, token));
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Stream<Secret> tokens(JsonNode attributes) {
        return Stream.concat(
                        Stream.of(Json.text(attributes, "access_token")),
                        Stream.of("entity_picture", "entity_picture_local")
                                .map(field -> parameter(Json.text(attributes, field))))
                .filter(token -> !token.isEmpty() && token.length() <= TOKEN_LENGTH_MAX)
                .distinct()
                .map(Secret::new);
    }

    private static String parameter(String path) {
        Matcher matcher = TOKEN_PARAMETER.matcher(path);
        return path.startsWith("/api/") && matcher.find() ? matcher.group(1) : "";
    }

    private void remember(String entityId, Secret token) {
        if (!lastTwo.containsKey(entityId) && lastTwo.size() >= ENTITIES_MAX) {
            return;
        }
        lastTwo.merge(entityId, List.of(token), CapabilityTokens::append);
    }

    private static List<Secret> append(List<Secret> old, List<Secret> added) {
        if (old.containsAll(added)) {
            return old;
        }
        return List.of(old.getLast(), added.getFirst());
    }
}
