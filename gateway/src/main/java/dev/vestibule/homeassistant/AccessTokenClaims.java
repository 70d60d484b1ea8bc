package dev.vestibule.homeassistant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.foreign.UnambiguousJson;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one of Home Assistant's access tokens or signed paths says about itself. Nothing of it is
/// verified: it names a grant to look up, and opens nothing.
///
/// @param issuer the id of Home Assistant's refresh token that it was made from
public record AccessTokenClaims(String issuer, Instant issuedAt, Instant expiresAt) {

    private static final int LENGTH_MAX = 4_096;

    /// The last second of the year 9999, behind which Home Assistant counts no time. A long-lived
    /// token of ten years ends behind 2038, where an int ends.
    private static final long SECOND_MAX = 253_402_300_799L;

    /// Every access token that is no long-lived one lives for half an hour; the shortest long-lived
    /// one that opens anything, for a day.
    private static final Duration USUAL_MAX = Duration.ofHours(1);

    private static final Pattern REFRESH_TOKEN_ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final ObjectMapper STRICT =
            UnambiguousJson.within(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxStringLength(LENGTH_MAX)
                                    .maxNumberLength(20)
                                    .build())
                    .build();

    /// Reads a JSON Web Token of three parts (RFC 7515 section 7.1). What is longer than any that
    /// Home Assistant makes, or cannot be read in one way, is empty.
    public static Optional<AccessTokenClaims> read(String token) {
        if (token.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try (JsonParser parser = STRICT.createParser(Base64.getUrlDecoder().decode(parts[1]))) {
            // Jackson answers null where there is nothing at all.
            @Nullable JsonNode claims = STRICT.readTree(parser);
            return claims != null && claims.isObject() && parser.nextToken() == null
                    ? claims(claims)
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /// The id of the refresh token that the token says it was made from.
    public static Optional<String> issuerOf(String token) {
        return read(token).map(AccessTokenClaims::issuer);
    }

    private static Optional<AccessTokenClaims> claims(JsonNode claims) {
        String issuer = Json.text(claims, "iss");
        JsonNode issuedAt = claims.path("iat");
        JsonNode expiresAt = claims.path("exp");
        if (!REFRESH_TOKEN_ID.matcher(issuer).matches()
                || !isMoment(issuedAt)
                || !isMoment(expiresAt)) {
            return Optional.empty();
        }
        return Optional.of(
                new AccessTokenClaims(
                        issuer,
                        Instant.ofEpochSecond(issuedAt.longValue()),
                        Instant.ofEpochSecond(expiresAt.longValue())));
    }

    private static boolean isMoment(JsonNode seconds) {
        return seconds.isIntegralNumber()
                && seconds.canConvertToLong()
                && seconds.longValue() >= 0
                && seconds.longValue() <= SECOND_MAX;
    }

    /// Whether the token was made to be kept by a program, and not from a sign-in.
    public boolean isLongLived() {
        return Duration.between(issuedAt, expiresAt).compareTo(USUAL_MAX) > 0;
    }
}
