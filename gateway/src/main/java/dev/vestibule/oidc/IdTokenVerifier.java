package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.secret.Secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/// Decides whether an ID token may be believed. Safe to share between threads.
final class IdTokenVerifier {

    private final OpenIdProviderConfig config;
    private final SignatureVerifier signatures;
    private final IdTokenClaims checks;

    IdTokenVerifier(OpenIdProviderConfig config, SignatureVerifier signatures) {
        this.config = config;
        this.signatures = signatures;
        this.checks = new IdTokenClaims(config);
    }

    /// The token of a sign-in: OIDC Core section 3.1.3.7, in its order.
    ///
    /// @return the claims
    ObjectNode verify(
            String idToken,
            Set<SignatureAlgorithm> allowed,
            PendingSignIn pending,
            Secret accessToken,
            Instant now)
            throws TokenRefused {
        // Step 1, decryption: we register no encryption. Steps 6 to 8, the signature, come first,
        // so
        // that no reason we log was chosen by a stranger; 7 and 8 (alg) are the allow-list.
        SignedToken token = signatures.verify(idToken, TokenKind.ID_TOKEN, allowed);
        ObjectNode claims = token.claims();
        // Steps 2 to 5, 9 and 10.
        checks.requireOurs(claims, now);
        // Step 11.
        requireNonce(claims, pending.nonce());
        // Step 12.
        checks.requireContext(claims);
        // Step 13.
        requireFreshness(claims, pending, now);
        // Section 3.1.3.8: optional in this flow, but what is there must fit.
        requireAccessTokenHash(token, accessToken);
        return claims;
    }

    /// The token of a refresh: OIDC Core section 12.2. It has no nonce of a sign-in to compare.
    ObjectNode verifyRefreshed(
            String idToken, Set<SignatureAlgorithm> allowed, String subject, Instant now)
            throws TokenRefused {
        ObjectNode claims = signatures.verify(idToken, TokenKind.ID_TOKEN, allowed).claims();
        checks.requireOurs(claims, now);
        if (!claims.path("sub").asText().equals(subject)) {
            throw new TokenRefused(
                    RejectionReason.SUBJECT_MISMATCH,
                    "the refreshed token is about another person");
        }
        return claims;
    }

    private static void requireNonce(ObjectNode claims, Nonce expected) throws TokenRefused {
        JsonNode nonce = claims.path("nonce");
        if (!nonce.isTextual() || !new Secret(nonce.textValue()).equals(expected.value())) {
            throw new TokenRefused(
                    RejectionReason.NONCE_MISMATCH,
                    nonce.isMissingNode() ? "no nonce" : "the nonce of another sign-in");
        }
    }

    private void requireFreshness(ObjectNode claims, PendingSignIn pending, Instant now)
            throws TokenRefused {
        if (pending.prompt() != Prompt.FRESH_LOGIN) {
            return;
        }
        if (AuthTime.of(config.freshSignIn(), claims, pending.prompt(), now)
                .isBefore(pending.begunAt().minus(TokenClaims.SKEW))) {
            throw new TokenRefused(
                    RejectionReason.AUTHENTICATION_TOO_OLD,
                    claims.has("auth_time")
                            ? "auth_time is "
                                    + ForeignText.excerpt(claims.path("auth_time").toString())
                            : "no auth_time, see 'fresh-sign-in' in the configuration");
        }
    }

    private static void requireAccessTokenHash(SignedToken token, Secret accessToken)
            throws TokenRefused {
        if (!token.claims().has("at_hash")) {
            return;
        }
        JsonNode hash = token.claims().path("at_hash");
        String expected = leftHalf(token.algorithm(), accessToken);
        if (!hash.isTextual() || !new Secret(hash.textValue()).equals(new Secret(expected))) {
            throw new TokenRefused(
                    RejectionReason.ACCESS_TOKEN_HASH, "at_hash is of another access token");
        }
    }

    private static String leftHalf(SignatureAlgorithm algorithm, Secret accessToken) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(algorithm.hash())
                            .digest(accessToken.reveal().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm.hash(), impossible);
        }
    }
}
