package dev.vestibule.testhouse.home;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Uploads and downloads of any size, of which nothing is kept. Lives on the event loop.
final class TransferApi {

    private @Nullable ReceivedUpload last;

    void addTo(Endpoints endpoints) {
        upload(endpoints, "/api/backup/upload");
        upload(endpoints, "/api/file_upload");
        upload(endpoints, "/api/media_source/local_source/upload");
        endpoints.guarded("GET", "/api/backup/download/{id}", this::download);
    }

    private void upload(Endpoints endpoints, String path) {
        endpoints.add(
                new Endpoint(
                        "POST",
                        path,
                        Endpoint.Access.TOKEN,
                        Endpoint.Cors.CONFIGURED,
                        (Endpoint.Action.Intake) this::begin));
    }

    Optional<ReceivedUpload> last() {
        return Optional.ofNullable(last);
    }

    private Endpoint.Upload begin(HomeRequest request) {
        MessageDigest digest = Filling.newSha256();
        return new Endpoint.Upload() {
            private long bytes;

            @Override
            public void piece(byte[] piece) {
                bytes += piece.length;
                digest.update(piece);
            }

            @Override
            public Answer end() {
                String sha256 = HexFormat.of().formatHex(digest.digest());
                last = new ReceivedUpload(request.path(), bytes, sha256);
                return Answer.json(
                        request.path().startsWith("/api/backup/") ? 201 : 200,
                        Json.object()
                                .put("file_id", Ids.id())
                                .put("bytes", bytes)
                                .put("sha256", sha256));
            }
        };
    }

    private Answer download(HomeRequest request) {
        long size;
        try {
            size = Long.parseLong(request.parameter("size").orElse("1048576"));
        } catch (NumberFormatException noNumber) {
            return Answer.badRequest();
        }
        if (size < 0) {
            return Answer.badRequest();
        }
        var headers =
                List.of(
                        Map.entry("Content-Type", "application/x-tar"),
                        Map.entry(
                                "Content-Disposition",
                                "attachment; filename=" + request.part("id") + ".tar"));
        return new Answer.Stream(200, headers, size, sink -> Filling.pour(sink, size));
    }
}
