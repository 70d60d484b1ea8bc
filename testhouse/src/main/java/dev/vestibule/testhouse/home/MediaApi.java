package dev.vestibule.testhouse.home;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pictures, sounds and streams, which open with an unguessable part of the address.
final class MediaApi {

    private static final Duration FRAME = Duration.ofMillis(500);
    private static final String BOUNDARY = "--frameboundary";
    private static final byte[] SEGMENT = Filling.bytes(64 << 10);

    private final House house;
    private final Loop loop;
    private final byte[] picture = Resources.bytes("camera.jpg");

    MediaApi(House house, Loop loop) {
        this.house = house;
        this.loop = loop;
    }

    void addTo(Endpoints endpoints) {
        endpoints.open("GET", "/api/camera_proxy/{entity}", this::still);
        endpoints.open("GET", "/api/camera_proxy_stream/{entity}", this::moving);
        endpoints.open("GET", "/api/media_player_proxy/{entity}", this::cover);
        endpoints.open("GET", "/api/image/serve/{id}/{size}", this::image);
        endpoints.guarded("POST", "/api/tts_get_url", _ -> speech());
        endpoints.open("GET", "/api/tts_proxy/{name}", this::speech);
        endpoints.open("GET", "/api/hls/{token}/{file...}", this::stream);
    }

    private Optional<EntityState> entity(HomeRequest request, String domain) {
        return house.states()
                .find(request.part("entity"))
                .filter(state -> state.domain().equals(domain));
    }

    private Answer still(HomeRequest request) {
        return camera(request, Answer.of(200, "image/jpeg", picture));
    }

    private Answer moving(HomeRequest request) {
        return camera(
                request,
                new Answer.Stream(
                        200,
                        List.of(
                                Map.entry(
                                        "Content-Type",
                                        "multipart/x-mixed-replace; boundary=" + BOUNDARY)),
                        -1,
                        this::film));
    }

    private Answer camera(HomeRequest request, Answer picture) {
        Optional<EntityState> camera = entity(request, "camera");
        if (camera.isEmpty()) {
            return Answer.notFound();
        }
        String token = request.parameter("token").orElse("");
        if (request.token().isPresent() || house.capabilities().opensCamera(camera.get(), token)) {
            return picture;
        }
        return request.header("Authorization").isPresent()
                ? Answer.unauthorized()
                : Answer.forbidden();
    }

    private void film(Sink sink) {
        byte[] head =
                "%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                        .formatted(BOUNDARY, picture.length)
                        .getBytes(StandardCharsets.US_ASCII);
        var beat =
                new Beat(
                        loop,
                        FRAME,
                        () -> {
                            if (sink.isWritable()) {
                                sink.write(head);
                                sink.write(picture);
                                sink.write(new byte[] {'\r', '\n'});
                            }
                        });
        sink.onClosed(beat::stop);
        beat.start();
    }

    private Answer cover(HomeRequest request) {
        Optional<EntityState> player = entity(request, "media_player");
        if (player.isEmpty()) {
            return request.token().isPresent() ? Answer.notFound() : Answer.unauthorized();
        }
        String token = request.parameter("token").orElse("");
        return request.token().isPresent() || house.capabilities().opensPlayer(player.get(), token)
                ? Answer.of(200, "image/jpeg", picture).with("Cache-Control", "max-age=3600")
                : Answer.unauthorized();
    }

    private Answer image(HomeRequest request) {
        return request.part("id").equals(house.capabilities().imageId())
                ? Answer.of(200, "image/jpeg", picture)
                        .with("Cache-Control", "public, max-age=2678400")
                : Answer.notFound();
    }

    private Answer speech() {
        String path = "/api/tts_proxy/" + house.capabilities().newSpeech();
        String base = house.settings().externalUrl();
        return Answer.json(200, Json.object().put("url", base + path).put("path", path));
    }

    private Answer speech(HomeRequest request) {
        return house.capabilities().opensSpeech(request.part("name"))
                ? Answer.of(200, "audio/mpeg", SEGMENT)
                : Answer.notFound();
    }

    private Answer stream(HomeRequest request) {
        if (!house.capabilities().opensStream(request.part("token"))) {
            return Answer.notFound();
        }
        String file = request.part("file");
        return switch (file) {
            case "master_playlist.m3u8" ->
                    playlist("#EXT-X-STREAM-INF:BANDWIDTH=500000\nplaylist.m3u8\n");
            case "playlist.m3u8" ->
                    playlist("#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\n./segment/1.m4s\n");
            case "init.mp4", "segment/1.m4s" -> Answer.of(200, "video/iso.segment", SEGMENT);
            default -> Answer.notFound();
        };
    }

    private static Answer playlist(String lines) {
        return Answer.of(
                200,
                "application/vnd.apple.mpegurl",
                ("#EXTM3U\n#EXT-X-VERSION:6\n" + lines).getBytes(StandardCharsets.US_ASCII));
    }
}
