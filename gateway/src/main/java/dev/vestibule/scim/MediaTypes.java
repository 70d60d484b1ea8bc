package dev.vestibule.scim;

import dev.vestibule.http.Headers;
import dev.vestibule.resource.ScimError;

import java.util.Locale;
import java.util.Set;

/// What a body may say that it is (RFC 7644 section 3.1). Clients say nothing, too.
final class MediaTypes {

    private static final Set<String> JSON = Set.of("application/scim+json", "application/json");
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");

    private MediaTypes() {}

    /// @throws ScimError where the body is something else, or packed
    static void requireJson(Headers headers) {
        String coding = headers.single("content-encoding").orElse("identity");
        if (!coding.strip().equalsIgnoreCase("identity")) {
            throw ScimError.unsupportedMediaType("A body must not be compressed.");
        }
        headers.single("content-type").ifPresent(MediaTypes::requireJson);
    }

    private static void requireJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        if (!type.isEmpty() && !JSON.contains(type)) {
            throw ScimError.unsupportedMediaType("A body is application/scim+json.");
        }
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("charset=")
                    && !UTF_8.contains(part.substring("charset=".length()).replace("\"", ""))) {
                throw ScimError.unsupportedMediaType("JSON is UTF-8.");
            }
        }
    }
}
