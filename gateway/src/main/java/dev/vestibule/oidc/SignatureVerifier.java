package dev.vestibule.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;

import dev.vestibule.foreign.ForeignText;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides whether a token was signed by this provider, with nothing but the keys of this provider.
/// Safe to share between threads.
final class SignatureVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureVerifier.class);

    private final Cached<VerificationKeys> keys;

    SignatureVerifier(Cached<VerificationKeys> keys) {
        this.keys = keys;
    }

    /// @return the token, whose claims are now the provider's words
    /// @throws OpenIdProviderUnavailable where the keys cannot be had, so that nothing can be
    ///   judged
    SignedToken verify(String compact, TokenKind kind, Set<SignatureAlgorithm> allowed)
            throws TokenRefused {
        SignedToken token = SignedToken.parse(compact, kind, allowed);
        VerificationKeys known = keys.get();
        Verdict verdict = judge(token, known);
        if (verdict == Verdict.NO_KEY || (verdict == Verdict.WRONG && token.keyId().isEmpty())) {
            // The provider may have changed its keys since we asked: ask again at once. A wrong
            // signature under a known name is just wrong.
            Optional<VerificationKeys> again = keys.refetch(known, kind);
            if (again.isPresent()) {
                LOG.info("event=keys-fetched-again kind={}", kind);
                verdict = judge(token, again.get());
            }
        }
        return switch (verdict) {
            case RIGHT -> token;
            case WRONG -> throw refused(RejectionReason.SIGNATURE_INVALID, token);
            case NO_KEY -> throw refused(RejectionReason.KEY_UNKNOWN, token);
        };
    }

    private enum Verdict {
        RIGHT,
        WRONG,
        NO_KEY
    }

    private static TokenRefused refused(RejectionReason reason, SignedToken token) {
        return new TokenRefused(
                reason,
                "alg "
                        + token.algorithm().joseName()
                        + ", kid '"
                        + ForeignText.excerpt(token.keyId())
                        + "'");
    }

    private static Verdict judge(SignedToken token, VerificationKeys keys) {
        List<JWK> candidates =
                token.keyId().isEmpty()
                        ? keys.candidates(token.algorithm())
                        : keys.candidates(token.algorithm(), token.keyId());
        if (candidates.isEmpty()) {
            return Verdict.NO_KEY;
        }
        return candidates.stream().anyMatch(key -> isSignedBy(key, token))
                ? Verdict.RIGHT
                : Verdict.WRONG;
    }

    private static boolean isSignedBy(JWK key, SignedToken token) {
        try {
            return switch (token.algorithm().shape()) {
                case RSA ->
                        new RSASSAVerifier(key.toRSAKey().toRSAPublicKey())
                                .verify(header(token), token.signedBytes(), signature(token));
                case P_256, P_384, P_521 ->
                        new ECDSAVerifier(key.toECKey().toECPublicKey())
                                .verify(header(token), token.signedBytes(), signature(token));
                case ED25519 ->
                        Ed25519.verify(
                                key.toOctetKeyPair(),
                                token.signedBytes(),
                                signature(token).decode());
                // Attack: the public key taken for a shared secret (RFC 8725 section 2.1).
                case SHARED_SECRET -> false;
            };
        } catch (JOSEException | GeneralSecurityException | ParseException unusable) {
            LOG.debug("event=signature-unusable reason={}", unusable.getClass().getSimpleName());
            return false;
        }
    }

    static JWSHeader header(SignedToken token) throws ParseException {
        return JWSHeader.parse(new Base64URL(token.header()));
    }

    static Base64URL signature(SignedToken token) {
        return new Base64URL(token.signature());
    }
}
