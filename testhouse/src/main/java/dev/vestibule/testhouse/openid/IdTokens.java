package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Makes ID tokens, OpenID Connect Core section 2: true claims first, then the lies.
final class IdTokens {

    private final ProviderOptions options;
    private final Issuers issuers;
    private final Script script;
    private final TokenSigner signer;

    IdTokens(ProviderOptions options, Issuers issuers, Script script, TokenSigner signer) {
        this.options = options;
        this.issuers = issuers;
        this.script = script;
        this.signer = signer;
    }

    /// The ID token of a code.
    String first(Grant grant, RegisteredClient client, Person person, String accessToken) {
        ObjectNode claims = claims(grant, person, accessToken);
        if (!grant.nonce().isEmpty()) {
            claims.put("nonce", grant.nonce());
        }
        return finish(claims, client);
    }

    /// The ID token of a refresh answer. OpenID Connect Core 12.2: `iss`, `sub`, `aud` and
    /// `auth_time` stay, and there should be no nonce.
    String refreshed(Grant grant, RegisteredClient client, Person person, String accessToken) {
        ObjectNode claims = claims(grant, person, accessToken);
        if (script.tells(TokenLie.REFRESH_OTHER_ISSUER)) {
            claims.put("iss", issuers.stranger());
        }
        if (script.tells(TokenLie.REFRESH_OTHER_SUBJECT)) {
            claims.put("sub", "somebody-else");
        }
        if (script.tells(TokenLie.REFRESH_OTHER_AUDIENCE)) {
            claims.put("aud", "another-client");
        }
        return finish(claims, client);
    }

    private ObjectNode claims(Grant grant, Person person, String accessToken) {
        Instant now = options.time().instant();
        ObjectNode claims = Json.object();
        claims.put("iss", issuers.own().toString());
        claims.put("sub", grant.subject());
        if (options.has(ProviderOptions.Feature.AUDIENCE_AS_ARRAY)) {
            claims.putArray("aud").add(grant.clientId());
        } else {
            claims.put("aud", grant.clientId());
        }
        claims.put("azp", grant.clientId());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(options.tokenLifetime()).getEpochSecond());
        if (options.has(ProviderOptions.Feature.AUTH_TIME)) {
            claims.put("auth_time", grant.authTime().getEpochSecond());
        }
        claims.put("acr", grant.acr());
        claims.put("at_hash", leftHalfOfHash(accessToken));
        if (options.has(ProviderOptions.Feature.SESSION_ID)) {
            claims.put("sid", grant.sid());
        }
        if (options.has(ProviderOptions.Feature.CLAIMS_IN_ID_TOKEN)) {
            claims.setAll(PersonClaims.of(person, grant.scope()));
        }
        return claims;
    }

    private String finish(ObjectNode claims, RegisteredClient client) {
        Optional<ClaimLie> lie = script.about(ClaimLie.class);
        lie.ifPresent(
                told -> ClaimLies.apply(told, claims, client, issuers, options.time().instant()));
        String payload =
                script.tells(ClaimLie.SUBJECT_TWICE)
                        ? Json.writeTwice(claims, "sub", "somebody-else")
                        : Json.write(claims);
        return script.about(SignatureLie.class)
                .map(told -> signer.signFalsely(told, payload, client))
                .orElseGet(() -> signer.sign("JWT", payload));
    }

    /// OpenID Connect Core 3.1.3.6, for algorithms with SHA-256.
    static String leftHalfOfHash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
        } catch (NoSuchAlgorithmException problem) {
            throw new IllegalStateException("this JDK has no SHA-256", problem);
        }
    }
}
