package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.foreign.ForeignText;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The checks that ID tokens, logout tokens and assertions share. Each fails with its own reason.
public final class TokenClaims {

    /// How far a provider's clock may be from ours.
    public static final Duration SKEW = Duration.ofSeconds(60);

    /// No provider issues sign-in tokens for longer; a far-away `exp` is a mistake or a trick.
    static final Duration LIFETIME_MAX = Duration.ofDays(90);

    /// 9999-12-31, the last second that a date can be written with four digits of year.
    private static final long SECONDS_MAX = 253_402_300_799L;

    private static final int SUBJECT_LENGTH_MAX = 255;
    private static final int AUDIENCES_MAX = 32;

    private TokenClaims() {}

    /// A point in time (RFC 7519 section 2, NumericDate); empty where it is missing, no number, or
    /// out of range.
    public static Optional<Instant> instant(ObjectNode claims, String name) {
        JsonNode found = claims.path(name);
        if (!found.isNumber()) {
            return Optional.empty();
        }
        double seconds = found.doubleValue();
        return seconds >= 0 && seconds <= SECONDS_MAX
                ? Optional.of(Instant.ofEpochSecond((long) seconds))
                : Optional.empty();
    }

    public static void requireIssuer(ObjectNode claims, String issuer) throws TokenRefused {
        JsonNode iss = claims.path("iss");
        if (!iss.isTextual() || !iss.textValue().equals(issuer)) {
            throw TokenRefused.claim(RejectionReason.ISSUER_MISMATCH, "iss", claims, "");
        }
    }

    /// OIDC Core section 2: `sub` is a text of at most 255 characters.
    public static String requireSubject(ObjectNode claims) throws TokenRefused {
        JsonNode sub = claims.path("sub");
        if (!sub.isTextual()
                || sub.textValue().isBlank()
                || sub.textValue().length() > SUBJECT_LENGTH_MAX
                || !ForeignText.isPlain(sub.textValue())) {
            throw claims.has("sub")
                    ? new TokenRefused(
                            RejectionReason.SUBJECT_MISSING,
                            "sub is not a printable text of 1 to " + SUBJECT_LENGTH_MAX)
                    : TokenRefused.claim(RejectionReason.SUBJECT_MISSING, "sub", claims, "");
        }
        return sub.textValue();
    }

    /// @param ours of which the token must be meant for one
    /// @return every audience of the token
    public static List<String> requireAudience(ObjectNode claims, Collection<String> ours)
            throws TokenRefused {
        if (!claims.has("aud")) {
            throw TokenRefused.claim(RejectionReason.AUDIENCE_MISMATCH, "aud", claims, "");
        }
        List<String> audiences = audiences(claims.path("aud"));
        if (Collections.disjoint(audiences, ours)) {
            throw TokenRefused.claim(RejectionReason.AUDIENCE_MISMATCH, "aud", claims, "");
        }
        return audiences;
    }

    private static List<String> audiences(JsonNode aud) throws TokenRefused {
        List<String> audiences = new ArrayList<>();
        for (JsonNode audience : aud.isArray() ? aud : List.of(aud)) {
            if (!audience.isTextual() || audiences.size() == AUDIENCES_MAX) {
                throw new TokenRefused(
                        RejectionReason.AUDIENCE_MISMATCH,
                        "aud is not a text or a list of at most " + AUDIENCES_MAX);
            }
            audiences.add(audience.textValue());
        }
        return audiences;
    }

    static void requireTimes(ObjectNode claims, Instant now) throws TokenRefused {
        requireTimes(claims, now, SKEW);
    }

    /// @param leeway how far the other clock may be from ours
    /// @return until when the token may be believed, our clock being right
    public static Instant requireTimes(ObjectNode claims, Instant now, Duration leeway)
            throws TokenRefused {
        Optional<Instant> expiresAt = instant(claims, "exp");
        if (expiresAt.isEmpty()
                || !now.isBefore(expiresAt.get().plus(leeway))
                || expiresAt.get().isAfter(now.plus(LIFETIME_MAX))) {
            throw atFault(RejectionReason.EXPIRED, "exp", claims, now);
        }
        Optional<Instant> issuedAt = instant(claims, "iat");
        if (issuedAt.isEmpty() || issuedAt.get().isAfter(now.plus(leeway))) {
            throw atFault(RejectionReason.ISSUED_AT, "iat", claims, now);
        }
        if (claims.has("nbf")) {
            Optional<Instant> notBefore = instant(claims, "nbf");
            if (notBefore.isEmpty() || notBefore.get().isAfter(now.plus(leeway))) {
                throw atFault(RejectionReason.NOT_YET_VALID, "nbf", claims, now);
            }
        }
        return expiresAt.get();
    }

    private static TokenRefused atFault(
            RejectionReason reason, String name, ObjectNode claims, Instant now) {
        return TokenRefused.claim(reason, name, claims, ", our clock says " + now.getEpochSecond());
    }
}
