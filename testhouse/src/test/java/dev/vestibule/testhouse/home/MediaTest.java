package dev.vestibule.testhouse.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/// Pictures, streams, uploads, downloads, add-ons and files.
final class MediaTest {

    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    private final Visitor visitor = new Visitor(home.url());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        visitor.close();
        home.close();
    }

    private InputStream open(String target, String... headers)
            throws IOException, InterruptedException {
        return http.send(
                        visitor.request(target, headers).build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private String bearer() {
        return "Bearer " + home.administratorToken();
    }

    @Test
    void theLastTwoTokensOfACameraOpenIt() {
        String first = home.media().cameraPath();
        home.media().rotateCameraTokens();
        int second = visitor.get(first).statusCode();
        home.media().rotateCameraTokens();

        assertThat(second).isEqualTo(200);
        assertThat(visitor.get(first).statusCode()).isEqualTo(403);
        assertThat(visitor.get(first, "Authorization", "Bearer bad").statusCode()).isEqualTo(401);
        assertThat(visitor.get("/api/camera_proxy/camera.none").statusCode()).isEqualTo(404);
    }

    @Test
    void aMovingPictureGoesOn() throws IOException, InterruptedException {
        try (var film = open(home.media().cameraStreamPath())) {
            byte[] twoFrames = film.readNBytes(10_000);

            assertThat(new String(twoFrames, StandardCharsets.ISO_8859_1))
                    .startsWith("--frameboundary\r\nContent-Type: image/jpeg")
                    .containsPattern("(?s)--frameboundary.*--frameboundary");
        }
    }

    @Test
    void unguessableAddressesOpenByThemselves() {
        assertThat(visitor.get(home.media().coverPath()).statusCode()).isEqualTo(200);
        assertThat(visitor.get("/api/media_player_proxy/media_player.living_room").statusCode())
                .isEqualTo(401);
        assertThat(visitor.get(home.media().imagePath()).statusCode()).isEqualTo(200);
        assertThat(visitor.get(home.media().newSpeechPath()).statusCode()).isEqualTo(200);
        assertThat(visitor.get(home.media().newStreamPath()).body()).startsWith("#EXTM3U");
        assertThat(visitor.get("/api/hls/nonesuch/master_playlist.m3u8").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theHouseItselfSignsForSpeakers() {
        String signed = home.media().signAsContentUser("/api/config", Duration.ofMinutes(5));

        assertThat(visitor.get(signed).statusCode()).isEqualTo(200);
    }

    @Test
    void eventsArriveAsTheyHappen() throws IOException, InterruptedException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                open("/api/stream?restrict=doorbell", "Authorization", bearer()),
                                StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("data: ping");
            assertThat(lines.readLine()).isEmpty();

            home.fireEvent("doorbell", Map.of("who", "the postman"));

            assertThat(lines.readLine())
                    .startsWith("data: {\"event_type\":\"doorbell\"")
                    .contains("the postman");
        }
    }

    @Test
    void anUploadIsCountedAndHashed() {
        byte[] body = Filling.bytes(3_000_000);

        var answer =
                visitor.send(
                        visitor.request("/api/backup/upload", "Authorization", bearer())
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(home.lastUpload())
                .contains(
                        new ReceivedUpload(
                                "/api/backup/upload",
                                body.length,
                                HexFormat.of().formatHex(Filling.newSha256().digest(body))));
    }

    @Test
    void anUploadOfAStrangerIsRefused() {
        var answer = visitor.post("/api/backup/upload", Json.object());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(home.lastUpload()).isEmpty();
        assertThat(visitor.get("/robots.txt").statusCode()).isEqualTo(200);
    }

    @Test
    void aDownloadHasAnySize() throws IOException, InterruptedException {
        long size = 20_000_001;
        var digest = Filling.newSha256();

        try (var body =
                new DigestInputStream(
                        open("/api/backup/download/b1?size=" + size, "Authorization", bearer()),
                        digest)) {
            assertThat(body.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(size);
        }

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo(ScriptedHomeAssistant.downloadSha256(size));
    }

    @Test
    void anAddOnTellsWhatReachedItToBrowsersWithASession() {
        String path = home.media().ingressPath() + "page?x=1";
        String cookie = "ingress_session=" + home.media().newIngressSession();

        var answer = visitor.get(path, "Cookie", cookie, "X-Remote-User-Id", "forged");

        assertThat(answer.body()).contains("X-Remote-User-Id", "forged");
        assertThat(visitor.get(path).statusCode()).isEqualTo(401);
    }

    @Test
    void hashedFilesAreCachedForLongAndComeCompressed() {
        String page = visitor.get("/lovelace/0").body();
        String script = page.replaceAll("(?s).*src=\"(/frontend_latest/app\\.[^\"]+)\".*", "$1");

        var plain = visitor.get(script);
        var packed = visitor.get(script, "Accept-Encoding", "gzip, deflate, br");
        String tag = plain.headers().firstValue("ETag").orElseThrow();

        assertThat(plain.headers().firstValue("Cache-Control")).contains("public, max-age=2678400");
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(visitor.get(script, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(visitor.get(script, "Range", "bytes=0-9").body())
                .isEqualTo(plain.body().substring(0, 10));
        assertThat(visitor.get("/frontend_latest/nonesuch.js").statusCode()).isEqualTo(404);
    }

    @Test
    void addressesThatClimbAreRefused() {
        assertThat(visitor.get("/local/test.txt").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/local/%2e%2e/configuration.yaml").statusCode()).isEqualTo(400);
        assertThat(visitor.get("/api/config?x=%27%20%3Cscript%3E").statusCode()).isEqualTo(400);
    }
}
