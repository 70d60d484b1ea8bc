package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Makes logout tokens, OpenID Connect Back-Channel Logout 1.0 section 2.4, honest and not.
final class LogoutTokens {

    static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final String TYPE = "logout+jwt";

    private final InstantSource time;
    private final Issuers issuers;
    private final KeyRing keys;
    private final TokenSigner signer;

    LogoutTokens(InstantSource time, Issuers issuers, KeyRing keys, TokenSigner signer) {
        this.time = time;
        this.issuers = issuers;
        this.keys = keys;
        this.signer = signer;
    }

    String write(
            RegisteredClient client,
            Optional<String> subject,
            Optional<String> sid,
            Optional<LogoutLie> lie) {
        ObjectNode claims = claims(client, subject, sid);
        lie.ifPresent(told -> apply(told, claims));
        return sign(lie, Json.write(claims), client);
    }

    private ObjectNode claims(
            RegisteredClient client, Optional<String> subject, Optional<String> sid) {
        Instant now = time.instant();
        ObjectNode claims =
                Json.object()
                        .put("iss", issuers.own().toString())
                        .put("aud", client.clientId())
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(LIFETIME).getEpochSecond())
                        .put("jti", Unguessable.text());
        subject.ifPresent(value -> claims.put("sub", value));
        sid.ifPresent(value -> claims.put("sid", value));
        claims.putObject("events").putObject(EVENT);
        return claims;
    }

    private void apply(LogoutLie lie, ObjectNode claims) {
        Instant yesterday = time.instant().minus(Duration.ofDays(1));
        switch (lie) {
            case WRONG_AUDIENCE -> claims.put("aud", "another-client");
            case WRONG_ISSUER -> claims.put("iss", issuers.stranger());
            case NO_EVENTS -> claims.remove("events");
            case OTHER_EVENT ->
                    claims.putObject("events").putObject("https://vestibule.invalid/other-event");
            case EVENT_NOT_AN_OBJECT -> claims.putObject("events").put(EVENT, true);
            case WITH_NONCE -> claims.put("nonce", Unguessable.text());
            case NOBODY -> claims.remove(List.of("sub", "sid"));
            case NO_TOKEN_ID -> claims.remove("jti");
            case NO_ISSUED_AT -> claims.remove("iat");
            case EXPIRED ->
                    claims.put("iat", yesterday.getEpochSecond())
                            .put("exp", yesterday.plus(LIFETIME).getEpochSecond());
            case ID_TOKEN -> {
                claims.remove(List.of("events", "jti"));
                claims.put("auth_time", time.instant().getEpochSecond());
            }
            // The signature, the header or the way it is sent is wrong, not the claims.
            case ALG_NONE,
                    HS256_WITH_CLIENT_SECRET,
                    CORRUPTED_SIGNATURE,
                    UNKNOWN_KID,
                    REPLAYED,
                    NO_TOKEN,
                    WHITE_SPACE_IN_HEADER,
                    NO_TYPE -> {}
        }
    }

    private String sign(Optional<LogoutLie> lie, String payload, RegisteredClient client) {
        if (lie.isEmpty()) {
            return signer.sign(TYPE, payload);
        }
        ObjectNode header = signer.header().put("typ", TYPE);
        return switch (lie.get()) {
            case ALG_NONE ->
                    RawJws.write(
                            Json.object().put("alg", "none").put("typ", TYPE),
                            payload,
                            RawJws.unsigned());
            case HS256_WITH_CLIENT_SECRET -> signer.hs256(header, payload, client.secretOrId());
            case CORRUPTED_SIGNATURE ->
                    RawJws.write(header, payload, RawJws.corrupted(signer.current()));
            case UNKNOWN_KID ->
                    signer.strangely(
                            header.put("kid", keys.odd(KeyRing.Odd.STRANGER).kid()), payload);
            case WHITE_SPACE_IN_HEADER -> spacious(header, payload);
            case NO_TYPE -> RawJws.write(signer.header(), payload, signer.current());
            case ID_TOKEN -> signer.sign("JWT", payload);
            case WRONG_AUDIENCE,
                    WRONG_ISSUER,
                    NO_EVENTS,
                    OTHER_EVENT,
                    EVENT_NOT_AN_OBJECT,
                    WITH_NONCE,
                    NOBODY,
                    NO_TOKEN_ID,
                    NO_ISSUED_AT,
                    EXPIRED,
                    REPLAYED,
                    NO_TOKEN ->
                    signer.sign(TYPE, payload);
        };
    }

    private String spacious(ObjectNode header, String payload) {
        String spaced = Json.write(header).replace("\":", "\" : ").replace(",\"", " ,\n \"");
        return RawJws.write(spaced, payload, signer.current());
    }
}
