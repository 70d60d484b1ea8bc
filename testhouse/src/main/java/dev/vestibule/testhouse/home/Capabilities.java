package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The unguessable parts of addresses that open pictures, sounds and streams without a token of a
/// person. Lives on the event loop.
final class Capabilities {

    private final States states;
    private final Map<String, List<String>> cameraTokens = new HashMap<>();
    private final Set<String> streams = new HashSet<>();
    private final Set<String> speeches = new HashSet<>();
    private final String imageId = Ids.id();

    Capabilities(States states) {
        this.states = states;
    }

    static ObjectNode cameraAttributes(String name, String entityId, String token) {
        return Json.object()
                .put("access_token", token)
                .put("friendly_name", name)
                .put("entity_picture", "/api/camera_proxy/" + entityId + "?token=" + token)
                .put("supported_features", 2);
    }

    /// The last two tokens of every camera are valid.
    boolean opensCamera(EntityState camera, String token) {
        return token.equals(camera.attributes().path("access_token").asText())
                || cameraTokens.getOrDefault(camera.entityId(), List.of()).contains(token);
    }

    boolean opensPlayer(EntityState player, String token) {
        String picture = player.attributes().path("entity_picture").asText();
        return !token.isEmpty() && picture.contains("?token=" + token + "&");
    }

    void rotateCameraTokens() {
        for (EntityState camera : states.ofDomain("camera")) {
            String old = camera.attributes().path("access_token").asText();
            cameraTokens.put(camera.entityId(), List.of(old));
            String name = camera.attributes().path("friendly_name").asText();
            states.set(
                    camera.entityId(),
                    camera.state(),
                    cameraAttributes(name, camera.entityId(), Ids.hex(32)),
                    Context.ofHouse());
        }
    }

    String newStream() {
        String token = Ids.hex(32);
        streams.add(token);
        return token;
    }

    boolean opensStream(String token) {
        return streams.contains(token);
    }

    String newSpeech() {
        String name = Ids.hex(20) + "_en-us_-_demo.mp3";
        speeches.add(name);
        return name;
    }

    boolean opensSpeech(String name) {
        return speeches.contains(name);
    }

    /// The only uploaded picture.
    String imageId() {
        return imageId;
    }
}
