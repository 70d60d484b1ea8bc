package dev.vestibule.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.foreign.UnambiguousJson;
import dev.vestibule.http.RequestTarget;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// What the `authSig` of an address says about itself. The signature is Home Assistant's, made with
/// a key that only it has; here it names a grant and a path, and both must hold before Home
/// Assistant gets to see it.
///
/// @param issuer the id of Home Assistant's refresh token that it was signed for
/// @param path the decoded path that it was signed for
public record SignedPath(String issuer, String path, Instant expiresAt) {

    /// Home Assistant signs media for a day at most; what claims more is refused, so that a signed
    /// address is no way around an access that ends.
    static final Duration LIFETIME_MAX = Duration.ofHours(24);

    /// Home Assistant's own leeway.
    private static final Duration LEEWAY = Duration.ofSeconds(10);

    private static final int LENGTH_MAX = 8_192;
    private static final ObjectMapper STRICT =
            UnambiguousJson.within(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxStringLength(LENGTH_MAX)
                                    .maxNumberLength(20)
                                    .build())
                    .build();

    /// Reads a JSON Web Token of three parts (RFC 7515 section 7.1); empty where it is none.
    public static Optional<SignedPath> read(String signature) {
        String[] parts = signature.split("\\.", -1);
        if (signature.length() > LENGTH_MAX || parts.length != 3) {
            return Optional.empty();
        }
        try (JsonParser parser = STRICT.createParser(Base64.getUrlDecoder().decode(parts[1]))) {
            JsonNode claims = STRICT.readTree(parser);
            return claims.isObject() && parser.nextToken() == null
                    ? claims(claims)
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<SignedPath> claims(JsonNode claims) {
        JsonNode issuer = claims.path("iss");
        JsonNode path = claims.path("path");
        JsonNode expiresAt = claims.path("exp");
        if (!issuer.isTextual() || !path.isTextual() || !expiresAt.canConvertToInt()) {
            return Optional.empty();
        }
        return Optional.of(
                new SignedPath(
                        issuer.textValue(),
                        path.textValue(),
                        Instant.ofEpochSecond(expiresAt.intValue())));
    }

    /// Whether it was made for this path, has not run out, and does not last too long.
    boolean fits(RequestTarget target, Instant now) {
        return path.equals("/" + String.join("/", target.segments()))
                && expiresAt.plus(LEEWAY).isAfter(now)
                && !expiresAt.isAfter(now.plus(LIFETIME_MAX).plus(LEEWAY));
    }
}
