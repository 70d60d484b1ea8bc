package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class CapabilityTokensTest {

    private final CapabilityTokens tokens = new CapabilityTokens();

    @Test
    void learnsTheTokenOfEachCameraFromTheFirstMessage() throws IOException {
        learn(
                """
                {"id":4,"type":"event","event":{"a":{
                  "light.desk":{"s":"on","a":{"access_token":"of-a-light"}},
                  "camera.door":{"s":"idle","a":{"access_token":"one",
                    "entity_picture":"/api/camera_proxy/camera.door?token=one"}},
                  "media_player.tv":{"s":"on","a":{"entity_picture":
                    "/api/media_player_proxy/media_player.tv?token=tv&cache=3f"}}}}}
                """);

        assertThat(tokens.knows("camera.door", "one")).isTrue();
        assertThat(tokens.knows("media_player.tv", "tv")).isTrue();
        assertThat(tokens.knows("light.desk", "of-a-light")).isFalse();
    }

    @Test
    void aTokenOpensOnlyItsOwnEntity() throws IOException {
        learn(camera("camera.door", "one"));

        assertThat(tokens.knows("camera.bedroom", "one")).isFalse();
        assertThat(tokens.knows("camera.door", "two")).isFalse();
        assertThat(tokens.knows("camera.door", "")).isFalse();
    }

    @Test
    void keepsTheLastTwoAsHomeAssistantDoes() throws IOException {
        learn(camera("camera.door", "one"));
        learn(change("camera.door", "two"));
        learn(change("camera.door", "three"));

        assertThat(tokens.knows("camera.door", "one")).isFalse();
        assertThat(tokens.knows("camera.door", "two")).isTrue();
        assertThat(tokens.knows("camera.door", "three")).isTrue();
    }

    @Test
    void anUnchangedTokenDoesNotPushTheEarlierOneOut() throws IOException {
        learn(camera("camera.door", "one"));
        learn(change("camera.door", "two"));
        learn(change("camera.door", "two"));

        assertThat(tokens.knows("camera.door", "one")).isTrue();
    }

    @Test
    void forgetsARemovedEntity() throws IOException {
        learn(camera("camera.door", "one"));
        learn("{\"id\":4,\"type\":\"event\",\"event\":{\"r\":[\"camera.door\"]}}");

        assertThat(tokens.knows("camera.door", "one")).isFalse();
    }

    @Test
    void ignoresPicturesThatComeFromElsewhere() throws IOException {
        learn(
                """
                {"event":{"a":{"media_player.tv":{"a":{
                  "entity_picture":"https://cdn.example/cover.jpg?token=foreign"}}}},"id":4}
                """);

        assertThat(tokens.knows("media_player.tv", "foreign")).isFalse();
    }

    @Test
    void learnsNoMoreEntitiesThanItsLimit() throws IOException {
        for (int i = 0; i < CapabilityTokens.ENTITIES_MAX; i++) {
            learn(camera("camera.c" + i, "t"));
        }
        learn(camera("camera.last", "t"));
        learn(change("camera.c0", "u"));

        assertThat(tokens.knows("camera.last", "t")).isFalse();
        assertThat(tokens.knows("camera.c0", "u")).isTrue();
    }

    @Test
    void saysThatAMessageIsBroken() {
        assertThatThrownBy(() -> learn("{\"event\":{\"a\":{\"camera.door\":"))
                .isInstanceOf(IOException.class);
    }

    private void learn(String json) throws IOException {
        SocketMessage message = new SocketMessage();
        message.append(json);
        tokens.learn(message);
    }

    private static String camera(String entity, String token) {
        return "{\"id\":4,\"type\":\"event\",\"event\":{\"a\":{\""
                + entity
                + "\":{\"s\":\"idle\",\"a\":{\"access_token\":\""
                + token
                + "\"}}}}}";
    }

    private static String change(String entity, String token) {
        return "{\"id\":4,\"type\":\"event\",\"event\":{\"c\":{\""
                + entity
                + "\":{\"+\":{\"a\":{\"access_token\":\""
                + token
                + "\"}}}}}}";
    }
}
