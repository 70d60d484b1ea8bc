package dev.vestibule.shell;

import java.util.Locale;
import java.util.Set;

/// What follows from a file's ending.
final class DocumentKind {

    private static final Set<String> NAMING = Set.of("css", "html", "js", "json", "mjs", "txt");
    private static final Set<String> COMPRESSED =
            Set.of(
                    "avif", "gif", "gz", "ico", "jpeg", "jpg", "mp3", "mp4", "ogg", "png", "wav",
                    "webm", "webp", "woff", "woff2", "zip");
    private static final Set<String> OTHER =
            Set.of("map", "otf", "svg", "ttf", "wasm", "webmanifest", "xml");

    private DocumentKind() {}

    /// Whether such a document names others, and is read for that.
    static boolean names(String path) {
        return path.equals(ShellTarget.INDEX_PATH) || NAMING.contains(ending(path));
    }

    /// Whether the file is small already: it is kept once, as it is.
    static boolean isCompressed(String path) {
        return COMPRESSED.contains(ending(path));
    }

    /// Whether the front end has files with this ending.
    static boolean isKnown(String ending) {
        return NAMING.contains(ending) || COMPRESSED.contains(ending) || OTHER.contains(ending);
    }

    static String ending(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
