package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.oidc.LogoutTokenResult.Invalid;
import dev.vestibule.oidc.LogoutTokenResult.LogoutTarget;
import dev.vestibule.oidc.LogoutTokenResult.Valid;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Decides whether a back-channel logout token may be believed. Safe to share between threads.
final class LogoutTokenVerifier {

    /// A logout is sent at once; what is older was kept by somebody.
    static final Duration AGE_MAX = Duration.ofMinutes(10);

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int ID_LENGTH_MAX = 256;

    private final OpenIdProviderConfig config;
    private final SignatureVerifier signatures;

    LogoutTokenVerifier(OpenIdProviderConfig config, SignatureVerifier signatures) {
        this.config = config;
        this.signatures = signatures;
    }

    /// OIDC Back-Channel Logout section 2.6, in its order.
    LogoutTokenResult verify(String logoutToken, Set<SignatureAlgorithm> allowed, Instant now) {
        try {
            // Step 1, decryption: we register no encryption. Steps 2 and 3: signature and alg.
            ObjectNode claims =
                    signatures.verify(logoutToken, TokenKind.LOGOUT_TOKEN, allowed).claims();
            // Step 4.
            TokenClaims.requireIssuer(claims, config.issuer().toString());
            TokenClaims.requireAudience(claims, Set.of(config.clientId()));
            TokenClaims.requireTimes(claims, now);
            requireRecent(claims, now);
            // Step 5.
            LogoutTarget target = target(claims);
            // Step 6.
            requireEvent(claims);
            // Step 7: the mark of an ID token.
            if (claims.has("nonce")) {
                throw new TokenRefused(RejectionReason.LOGOUT_NONCE, "there is a nonce");
            }
            // Step 8, the replay of a jti, needs a store: it is the caller's.
            return new Valid(target, tokenId(claims), usableUntil(claims));
        } catch (TokenRefused refused) {
            return new Invalid(refused.reason(), refused.detail());
        }
    }

    private static void requireRecent(ObjectNode claims, Instant now) throws TokenRefused {
        if (!now.isBefore(usableUntil(claims))) {
            throw new TokenRefused(
                    RejectionReason.ISSUED_AT, "issued more than " + AGE_MAX + " ago");
        }
    }

    private static Instant usableUntil(ObjectNode claims) {
        return TokenClaims.instant(claims, "iat")
                .orElse(Instant.EPOCH)
                .plus(AGE_MAX)
                .plus(TokenClaims.SKEW);
    }

    private LogoutTarget target(ObjectNode claims) throws TokenRefused {
        Issuer issuer = new Issuer(config.issuer().toString());
        boolean hasSubject = claims.has("sub");
        boolean hasSession = claims.has("sid");
        if (hasSubject && hasSession) {
            return new LogoutTarget.SessionOf(
                    new Subject(issuer, TokenClaims.requireSubject(claims)),
                    text(claims, "sid", RejectionReason.LOGOUT_TARGET));
        }
        if (hasSubject) {
            return new LogoutTarget.EverySessionOf(
                    new Subject(issuer, TokenClaims.requireSubject(claims)));
        }
        return new LogoutTarget.OneSession(
                issuer, text(claims, "sid", RejectionReason.LOGOUT_TARGET));
    }

    private static void requireEvent(ObjectNode claims) throws TokenRefused {
        JsonNode events = claims.path("events");
        if (!events.isObject() || !events.path(EVENT).isObject()) {
            throw new TokenRefused(RejectionReason.LOGOUT_EVENT, "no back-channel logout event");
        }
    }

    /// Section 2.4: `jti` is required, and without it a replay could not be told.
    private static String tokenId(ObjectNode claims) throws TokenRefused {
        return text(claims, "jti", RejectionReason.LOGOUT_TOKEN_ID);
    }

    private static String text(ObjectNode claims, String name, RejectionReason reason)
            throws TokenRefused {
        JsonNode found = claims.path(name);
        if (!found.isTextual()
                || found.textValue().isBlank()
                || found.textValue().length() > ID_LENGTH_MAX) {
            throw new TokenRefused(reason, name + " is not a text of 1 to " + ID_LENGTH_MAX);
        }
        return found.textValue();
    }
}
