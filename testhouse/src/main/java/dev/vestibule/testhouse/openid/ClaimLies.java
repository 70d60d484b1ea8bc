package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Puts a lie into the true claims of an ID token.
final class ClaimLies {

    private ClaimLies() {}

    static void apply(
            ClaimLie lie,
            ObjectNode claims,
            RegisteredClient client,
            Issuers issuers,
            Instant now) {
        String clientId = client.clientId();
        switch (lie) {
            case WRONG_ISSUER -> claims.put("iss", issuers.stranger());
            case ISSUER_WITH_SLASH -> claims.put("iss", issuers.own() + "/");
            case MISSING_SUBJECT -> claims.remove("sub");
            case SUBJECT_TWICE -> {} // written by Json.writeTwice: a tree cannot hold it
            case WRONG_AUDIENCE -> claims.put("aud", "another-client");
            case AUDIENCE_LONGER -> claims.put("aud", clientId + "-and-more");
            case AUDIENCE_OTHER_CASE -> claims.put("aud", otherCase(clientId));
            case MISSING_AUDIENCE -> claims.remove("aud");
            case FOREIGN_AUDIENCES_WITHOUT_AZP -> {
                claims.putArray("aud").add(clientId).add("another-client");
                claims.remove("azp");
            }
            case FOREIGN_AUDIENCES_WRONG_AZP -> {
                claims.putArray("aud").add(clientId).add("another-client");
                claims.put("azp", "another-client");
            }
            case MISSING_ISSUED_AT -> claims.remove("iat");
            case ISSUED_IN_FUTURE -> putTime(claims, "iat", now.plus(Duration.ofHours(1)));
            case MISSING_EXPIRY -> claims.remove("exp");
            case EXPIRED -> {
                putTime(claims, "iat", now.minus(Duration.ofHours(1)));
                putTime(claims, "exp", now.minus(Duration.ofMinutes(10)));
            }
            case EXPIRY_NAN -> claims.put("exp", "NaN");
            case EXPIRY_TEXT -> claims.put("exp", claims.path("exp").asText());
            case EXPIRY_OVERFLOW -> claims.putRawValue("exp", new RawValue("1e400"));
            case EXPIRY_FAR_FUTURE -> putTime(claims, "exp", Instant.parse("9999-12-31T23:59:59Z"));
            case NOT_BEFORE_IN_FUTURE -> putTime(claims, "nbf", now.plus(Duration.ofMinutes(10)));
            case WRONG_NONCE -> claims.put("nonce", Unguessable.text());
            case MISSING_NONCE -> claims.remove("nonce");
            case WRONG_ACCESS_TOKEN_HASH ->
                    claims.put("at_hash", IdTokens.leftHalfOfHash(Unguessable.text()));
            case WEAKER_ACR -> claims.put("acr", "0");
            case MISSING_ACR -> claims.remove("acr");
            case STALE_AUTH_TIME -> putTime(claims, "auth_time", now.minus(Duration.ofDays(30)));
            case FUTURE_AUTH_TIME -> putTime(claims, "auth_time", now.plus(Duration.ofHours(2)));
            case MISSING_AUTH_TIME -> claims.remove("auth_time");
        }
    }

    private static void putTime(ObjectNode claims, String name, Instant instant) {
        claims.put(name, instant.getEpochSecond());
    }

    private static String otherCase(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
    }
}
