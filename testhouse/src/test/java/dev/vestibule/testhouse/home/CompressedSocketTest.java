package dev.vestibule.testhouse.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.zip.DataFormatException;

/// Messages that are compressed, coalesced, in pieces, or very long.
final class CompressedSocketTest {

    private static final String EXTENSION = "permessage-deflate";
    private static final int WHOLE = Integer.MAX_VALUE;

    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();

    @AfterEach
    void close() {
        home.close();
    }

    private RawSocket signedIn(String parameters, boolean isServerContextKept)
            throws IOException, DataFormatException {
        var socket = new RawSocket(home.url(), EXTENSION + parameters, isServerContextKept);
        assertThat(socket.receive()).contains("auth_required");
        String token = home.administratorToken();
        socket.send("{\"type\":\"auth\",\"access_token\":\"%s\"}".formatted(token), WHOLE);
        assertThat(socket.receive()).contains("auth_ok");
        return socket;
    }

    @Test
    void everyMessageStandsAloneWhereThatWasAgreed() throws IOException, DataFormatException {
        String parameters = "; server_no_context_takeover; client_no_context_takeover";
        try (var socket = signedIn(parameters, false)) {
            assertThat(socket.answer())
                    .containsIgnoringCase(
                            "Sec-WebSocket-Extensions: permessage-deflate;"
                                    + " server_no_context_takeover\r\n");

            socket.send("{\"id\":1,\"type\":\"ping\"}", 5);

            assertThat(socket.receive()).isEqualTo("{\"id\":1,\"type\":\"pong\"}");
        }
    }

    @Test
    void otherwiseTheContextIsKept() throws IOException, DataFormatException {
        try (var socket = signedIn("; client_max_window_bits", true)) {
            socket.send("{\"id\":1,\"type\":\"get_panels\"}", WHOLE);
            socket.send("{\"id\":2,\"type\":\"ping\"}", WHOLE);

            assertThat(socket.receive()).contains("developer-tools");
            assertThat(socket.receive()).isEqualTo("{\"id\":2,\"type\":\"pong\"}");
        }
    }

    @Test
    void messagesAreJoinedForThoseWhoAskForIt() throws IOException, DataFormatException {
        try (var socket = signedIn("", true)) {
            String features = "\"features\":{\"coalesce_messages\":1}";
            socket.send("{\"id\":1,\"type\":\"supported_features\",%s}".formatted(features), WHOLE);
            assertThat(socket.receive()).contains("\"success\":true");

            socket.send("{\"id\":2,\"type\":\"subscribe_entities\"}", WHOLE);

            assertThat(socket.receive())
                    .startsWith("[{\"id\":2,\"type\":\"result\",\"success\":true,\"result\":null},")
                    .contains("\"event\":{\"a\":{\"light.kitchen\":{\"s\":\"on\"");
            home.setState("light.kitchen", "off");
            assertThat(socket.receive())
                    .startsWith("{\"id\":2,\"type\":\"event\",\"event\":{\"c\":{\"light.kitchen\"")
                    .contains("\"+\":{\"s\":\"off\"");
        }
    }

    @Test
    void aMessageOfThirtyMegabytesLeavesInOnePiece() throws IOException, DataFormatException {
        home.addBulk(300, 100_000);
        try (var socket = signedIn("; server_no_context_takeover", false)) {
            socket.send("{\"id\":1,\"type\":\"get_states\"}", WHOLE);

            assertThat(socket.receive().length()).isGreaterThan(30_000_000);
        }
    }

    @Test
    void aMessageAboveTheLimitEndsTheSocketAlsoWhenItArrivesSmall()
            throws IOException, DataFormatException {
        try (var socket = signedIn("", true)) {
            socket.send("{\"id\":1,\"x\":\"%s\"}".formatted("x".repeat(5 << 20)), WHOLE);

            assertThat(socket.receiveClose()).isEqualTo(1009);
        }
    }
}
