package dev.vestibule.testhouse.home;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of the simulated front end, in the way in which Home Assistant serves its own: names
/// with a hash, long cache lives, tags, ranges, and compressed copies.
final class FrontendFiles {

    private static final String MODIFIED = "Mon, 23 Nov 2026 00:00:00 GMT";
    private static final List<String> PLAIN =
            List.of(
                    "authorize.html",
                    "index.html",
                    "onboarding.html",
                    "manifest.json",
                    "robots.txt",
                    "service_worker.js");

    /// What is named in another file comes before it.
    private static final List<String> HASHED =
            List.of("home.js", "app.js", "app.css", "authorize.js");

    /// One file: its bytes, and its compressed copy.
    private static final class File {
        private final String type;
        private final byte[] bytes;
        private final byte[] gzip;
        private final String tag;

        private File(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
            this.gzip = Compression.GZIP.compress(bytes);
            this.tag = "\"" + hash(bytes) + "-" + Integer.toHexString(bytes.length) + "\"";
        }
    }

    private final Map<String, File> files = new HashMap<>();

    /// @param release of Home Assistant; another one has other files under other names
    FrontendFiles(String release) {
        var publicNames = new HashMap<String, String>();
        publicNames.put("{{release}}", release);
        for (String name : HASHED) {
            byte[] bytes = replaced(Resources.bytes(name), publicNames);
            int dot = name.lastIndexOf('.');
            String hashed = name.substring(0, dot) + "." + hash(bytes) + name.substring(dot);
            publicNames.put("{{" + name + "}}", "/frontend_latest/" + hashed);
            files.put("frontend_latest/" + hashed, new File(type(name), bytes));
        }
        files.put("static/icons/home.svg", new File(type(".svg"), Resources.bytes("home.svg")));
        for (String name : PLAIN) {
            files.put(name, new File(type(name), replaced(Resources.bytes(name), publicNames)));
        }
    }

    private static byte[] replaced(byte[] bytes, Map<String, String> names) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> one : names.entrySet()) {
            text = text.replace(one.getKey(), one.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Filling.newSha256().digest(bytes), 0, 6);
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".js" -> "text/javascript";
            case ".css" -> "text/css";
            case ".json" -> "application/manifest+json; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "text/plain";
        };
    }

    /// A file that is rendered for every request: no tag, no cache.
    Answer.Whole page(String name) {
        File file = Optional.ofNullable(files.get(name)).orElseThrow();
        return Answer.of(200, file.type, file.bytes);
    }

    /// @param cacheControl empty where there is none
    Answer serve(HomeRequest request, String name, String cacheControl) {
        File file = files.get(name);
        if (file == null) {
            return Answer.notFound();
        }
        Answer.Whole answer = isFresh(request, file) ? Answer.empty(304) : body(request, file);
        Answer.Whole described =
                answer.with("ETag", file.tag)
                        .with("Last-Modified", MODIFIED)
                        .with("Accept-Ranges", "bytes");
        return cacheControl.isEmpty() ? described : described.with("Cache-Control", cacheControl);
    }

    private static boolean isFresh(HomeRequest request, File file) {
        Optional<String> tags = request.header("If-None-Match");
        return tags.isPresent()
                ? tags.get().contains(file.tag) || tags.get().equals("*")
                : request.header("If-Modified-Since").filter(MODIFIED::equals).isPresent();
    }

    private static Answer.Whole body(HomeRequest request, File file) {
        Optional<ByteRange> range =
                request.header("Range").flatMap(text -> ByteRange.parse(text, file.bytes.length));
        if (range.isPresent()) {
            return Answer.of(206, file.type, range.get().cut(file.bytes))
                    .with("Content-Range", range.get().header(file.bytes.length));
        }
        boolean wantsGzip = request.header("Accept-Encoding").orElse("").contains("gzip");
        return wantsGzip
                ? Answer.of(200, file.type, file.gzip)
                        .with("Content-Encoding", "gzip")
                        .with("Vary", "Accept-Encoding")
                : Answer.of(200, file.type, file.bytes);
    }
}
