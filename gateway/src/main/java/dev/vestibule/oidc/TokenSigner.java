package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;

import dev.vestibule.secret.Secret;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Somebody who signs tokens for us without being an OpenID provider: a proxy in front. It is known
/// by the keys at one address, or by a secret that it shares with us, never by both.
///
/// Safe to share between threads; [#verify] may wait for the keys, ten seconds at most. Nothing is
/// fetched before the first use. [#close()] breaks off what is under way.
public final class TokenSigner implements AutoCloseable {

    /// Decides whether a token was signed by them.
    private interface Check {
        SignedToken verify(String compact) throws TokenRefused;
    }

    private final Check check;
    private final Runnable atClose;

    private TokenSigner(Check check, Runnable atClose) {
        this.check = check;
        this.atClose = atClose;
    }

    /// Somebody whose keys lie at a known address.
    ///
    /// @param name what they are called in log lines
    /// @param algorithms names of asymmetric algorithms, such as `ES256`; no other is believed
    /// @throws OpenIdProviderMisconfigured where a CA file cannot be read
    public static TokenSigner withKeysAt(
            InstantSource time,
            String name,
            URI address,
            List<Path> caFiles,
            Set<String> algorithms) {
        return withKeysAt(time, name, address, caFiles, algorithms, ProviderHttp.ANSWER_TIMEOUT);
    }

    /// Tests of slow proxies do not wait for ten seconds.
    static TokenSigner withKeysAt(
            InstantSource time,
            String name,
            URI address,
            List<Path> caFiles,
            Set<String> algorithms,
            Duration answerTimeout) {
        ProviderHttp http = new ProviderHttp(name, caFiles, answerTimeout);
        SignatureVerifier signatures =
                new SignatureVerifier(
                        new Cached<>(
                                time,
                                "jwks of " + name,
                                () -> VerificationKeys.fetch(http, address)));
        Set<SignatureAlgorithm> allowed =
                algorithms.stream()
                        .map(SignatureAlgorithm::named)
                        .flatMap(Optional::stream)
                        .filter(SignatureAlgorithm::isAsymmetric)
                        .collect(Collectors.toUnmodifiableSet());
        return new TokenSigner(
                compact -> signatures.verify(compact, TokenKind.ASSERTION, allowed), http::close);
    }

    /// Somebody who signs with HS256 and a secret that nobody else has (RFC 7518 section 3.2).
    ///
    /// @param secret at least 32 bytes
    public static TokenSigner withSecret(Secret secret) {
        try {
            MACVerifier verifier =
                    new MACVerifier(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return new TokenSigner(compact -> verify(compact, verifier), () -> {});
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("the secret has less than 32 bytes", tooShort);
        }
    }

    private static SignedToken verify(String compact, MACVerifier verifier) throws TokenRefused {
        SignedToken token =
                SignedToken.parse(compact, TokenKind.ASSERTION, Set.of(SignatureAlgorithm.HS256));
        try {
            if (verifier.verify(
                    SignatureVerifier.header(token),
                    token.signedBytes(),
                    SignatureVerifier.signature(token))) {
                return token;
            }
        } catch (JOSEException | ParseException unusable) {
            throw new TokenRefused(
                    RejectionReason.SIGNATURE_INVALID, unusable.getClass().getSimpleName());
        }
        throw new TokenRefused(RejectionReason.SIGNATURE_INVALID, "not with the shared secret");
    }

    /// @return the claims, which are their words from here on; nothing else about them is checked
    /// @throws OpenIdProviderProblem where the keys cannot be had, so that nothing can be judged
    public ObjectNode verify(String compact) throws TokenRefused {
        return check.verify(compact).claims();
    }

    @Override
    public void close() {
        atClose.run();
    }
}
