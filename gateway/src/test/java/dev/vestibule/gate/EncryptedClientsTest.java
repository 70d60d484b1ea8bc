package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.connection.Cut;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.http.Response;
import dev.vestibule.testhouse.LoopbackPort;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Clients that others wrote, over TLS.
class EncryptedClientsTest {

    private final TlsHouse house = TlsHouse.get();
    private final int port = LoopbackPort.free();
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(house.client).version(Version.HTTP_2).build();

    private Setting setting() {
        Setting setting = new Setting();
        setting.port = port;
        return setting;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .header("Authorization", "Bearer access-ada");
    }

    @Test
    void theJdksClientSpeaksHttp2() throws IOException, InterruptedException {
        Setting setting = setting();
        setting.handler = request -> Response.text(200, request.bodyText());
        try (TestGate gate = house.gate(setting);
                client) {
            HttpResponse<String> own =
                    client.send(
                            to("/auth/token").POST(BodyPublishers.ofString("hello")).build(),
                            BodyHandlers.ofString());
            HttpResponse<String> api =
                    client.send(to("/api/states").build(), BodyHandlers.ofString());

            assertThat(own.version()).isEqualTo(Version.HTTP_2);
            assertThat(own.body()).isEqualTo("hello");
            assertThat(api.version()).isEqualTo(Version.HTTP_2);
            assertThat(api.body()).isEqualTo("ok");
            assertThat(gate.home.received()).contains("X-Forwarded-Proto: https");
            assertThat(gate.openConnections()).isEqualTo(1);
        }
    }

    @Test
    void manyRequestsAtOnceShareAConnection() throws IOException {
        Setting setting = setting();
        setting.handler = request -> Response.text(200, request.target().pathAndQuery());
        try (TestGate gate = house.gate(setting);
                client) {
            client.sendAsync(to("/auth/authorize").build(), BodyHandlers.ofString()).join();
            List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                asked.add(
                        client.sendAsync(
                                to("/auth/authorize?n=" + i).build(), BodyHandlers.ofString()));
            }

            for (int i = 0; i < asked.size(); i++) {
                assertThat(asked.get(i).join().body()).isEqualTo("/auth/authorize?n=" + i);
            }
            assertThat(gate.openConnections()).isEqualTo(1);
        }
    }

    @Test
    void anUploadOfMegabytesArrivesWhole() throws IOException, InterruptedException {
        byte[] body = new byte[5_000_000];
        try (TestGate gate = house.gate(setting());
                client) {
            gate.home.answersBy(
                    connection -> {
                        connection.readHead();
                        byte[] buffer = new byte[16_384];
                        long received = 0;
                        while (received < body.length) {
                            received += Math.max(0, connection.skip(buffer));
                        }
                        connection.write(RecordingHome.OK);
                    });

            HttpResponse<String> answer =
                    client.send(
                            to("/api/backup/upload").POST(BodyPublishers.ofByteArray(body)).build(),
                            BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        }
    }

    @Test
    void aWebsocketIsOpenedBesideItAndEndsWithTheSession() throws Exception {
        Setting setting = setting();
        setting.relay = gate -> TestRelay.of(gate, () -> false);
        try (TestGate gate = house.gate(setting);
                client) {
            gate.home.answersBy(new SpeakingHome());
            Heard heard = new Heard();
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create("wss://localhost:" + port + "/api/websocket"), heard)
                            .get(30, TimeUnit.SECONDS);
            assertThat(heard.next()).contains("auth_required");
            var _ = socket.sendText("{\"type\":\"auth\",\"access_token\":\"access-ada\"}", true);
            assertThat(heard.next()).contains("auth_ok");

            gate.grant.grant().connections().end(Cut.SUSPENDED);

            assertThat(heard.next()).contains("auth_invalid");
            assertThat(heard.next()).isEqualTo("closed 1008");
        }
    }

    /// What a websocket hears, text by text.
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            heard.add(data.toString());
            socket.request(1);
            return CompletableFuture.completedFuture(data);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("closed " + code);
            return CompletableFuture.completedFuture(reason);
        }

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
        }
    }
}
