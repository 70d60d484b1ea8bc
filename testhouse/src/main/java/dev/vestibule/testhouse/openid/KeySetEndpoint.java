package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;

import java.util.ArrayList;
import java.util.List;

/// The JWKS, RFC 7517 section 5: the published keys, those that a signature lie needs, and the lies
/// about the set itself.
final class KeySetEndpoint implements Handler {

    private final KeyRing keys;
    private final Issuers issuers;
    private final Script script;

    KeySetEndpoint(KeyRing keys, Issuers issuers, Script script) {
        this.keys = keys;
        this.issuers = issuers;
        this.script = script;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        ObjectNode set =
                set(script.about(SignatureLie.class).map(this::keysFor).orElseGet(keys::published));
        return script.about(KeySetLie.class)
                .map(lie -> falsely(lie, set))
                .orElseGet(() -> Answer.json(200, set));
    }

    static ObjectNode set(List<JWK> keys) {
        ObjectNode set = Json.object();
        var array = set.putArray("keys");
        keys.forEach(key -> array.add(Json.of(key.toPublicJWK().toJSONObject())));
        return set;
    }

    private List<JWK> keysFor(SignatureLie lie) {
        return switch (lie) {
            case NO_KID_ONE_KEY -> List.of(keys.current().publicJwk());
            case NO_KID_SEVERAL_KEYS -> before(keys.odd(KeyRing.Odd.SPARE));
            case DUPLICATE_KID -> before(keys.odd(KeyRing.Odd.SPARE).named(keys.current().kid()));
            case SMALL_RSA_KEY -> before(keys.odd(KeyRing.Odd.SMALL));
            case ES256_WITH_P384 -> before(keys.odd(KeyRing.Odd.P384));
            case CORRUPTED,
                    EMPTY,
                    ALG_NONE,
                    ALG_LOWER_CASE,
                    HS256_WITH_PUBLIC_KEY,
                    HS256_WITH_CLIENT_SECRET,
                    OTHER_RSA_PADDING,
                    UNKNOWN_KID,
                    KID_OF_OTHER_KEY,
                    KID_PATH,
                    KID_SQL,
                    KID_HUGE,
                    EMBEDDED_JWK,
                    JKU,
                    X5U,
                    UNKNOWN_CRIT,
                    B64_FALSE,
                    PSYCHIC,
                    ENCRYPTED ->
                    keys.published();
        };
    }

    private List<JWK> before(SigningKey odd) {
        var more = new ArrayList<JWK>();
        more.add(odd.publicJwk());
        more.addAll(keys.published());
        return more;
    }

    private Answer falsely(KeySetLie lie, ObjectNode set) {
        return switch (lie) {
            case HUGE -> Answer.json(200, Answer.padded(set));
            case SLOW -> Answer.json(200, set).dripping();
            case REDIRECT -> Answer.redirect(302, issuers.elsewhere() + Endpoint.JWKS.path());
            case EMPTY -> Answer.json(200, set(List.of()));
            case ONLY_ENCRYPTION_KEY ->
                    Answer.json(200, set(List.of(keys.encryption().publicJwk())));
            case NOT_JSON -> Answer.page(200);
            case SERVER_ERROR -> Answer.page(500);
        };
    }
}
