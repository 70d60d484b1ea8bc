package dev.vestibule.testhouse.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// `private_key_jwt`: OpenID Connect Core section 9 and RFC 7523 section 3.
final class ClientAssertions {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFETIME_MAX = Duration.ofMinutes(10);
    private static final int REMEMBERED_MAX = 50_000;

    private final InstantSource time;
    private final Clients clients;
    private final Issuers issuers;
    private final Set<String> usedIds = new LinkedHashSet<>();

    ClientAssertions(InstantSource time, Clients clients, Issuers issuers) {
        this.time = time;
        this.clients = clients;
        this.issuers = issuers;
    }

    Optional<RegisteredClient> authenticate(ProviderRequest request) {
        if (!request.parameter("client_assertion_type").equals(Optional.of(TYPE))) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(request.parameter("client_assertion").orElse(""));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String clientId = claims.getSubject();
            if (clientId == null
                    || !request.parameter("client_id").orElse(clientId).equals(clientId)) {
                return Optional.empty();
            }
            Optional<RegisteredClient> client = clients.find(clientId);
            if (client.isPresent()
                    && client.get().credential()
                            instanceof ClientCredential.PrivateKeyJwt(var publicKeys)
                    && isSignedByOneOf(publicKeys, jwt)
                    && isMeantForUs(claims)
                    && isFirstUse(claims)) {
                return client;
            }
            return Optional.empty();
        } catch (ParseException | JOSEException _) {
            return Optional.empty();
        }
    }

    private static boolean isSignedByOneOf(JWKSet publicKeys, SignedJWT jwt) throws JOSEException {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        String kid = jwt.getHeader().getKeyID();
        for (JWK key : publicKeys.getKeys()) {
            if (kid == null || kid.equals(key.getKeyID())) {
                Optional<JWSVerifier> verifier = verifier(key, algorithm);
                if (verifier.isPresent() && jwt.verify(verifier.get())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<JWSVerifier> verifier(JWK key, JWSAlgorithm algorithm)
            throws JOSEException {
        return switch (key) {
            case RSAKey rsa when JWSAlgorithm.Family.RSA.contains(algorithm) ->
                    Optional.of(new RSASSAVerifier(rsa));
            case ECKey ec when JWSAlgorithm.Family.EC.contains(algorithm) ->
                    Optional.of(new ECDSAVerifier(ec));
            default -> Optional.empty(); // the library's keys are no sealed type
        };
    }

    /// The audience is the issuer or the endpoint that was called; clients do both.
    private boolean isMeantForUs(JWTClaimsSet claims) {
        Instant now = time.instant();
        boolean isOurs =
                claims.getAudience().stream()
                        .anyMatch(
                                audience ->
                                        audience.equals(issuers.own().toString())
                                                || audience.equals(issuers.endpoint(Endpoint.TOKEN))
                                                || audience.equals(issuers.endpoint(Endpoint.PAR)));
        return isOurs
                && claims.getSubject().equals(claims.getIssuer())
                && claims.getExpirationTime() != null
                && claims.getExpirationTime().toInstant().isAfter(now)
                && claims.getExpirationTime().toInstant().isBefore(now.plus(LIFETIME_MAX));
    }

    private boolean isFirstUse(JWTClaimsSet claims) {
        String id = claims.getJWTID();
        if (id == null || id.isEmpty()) {
            return false;
        }
        synchronized (usedIds) {
            if (usedIds.size() >= REMEMBERED_MAX) {
                usedIds.remove(usedIds.iterator().next());
            }
            return usedIds.add(claims.getSubject() + " " + id);
        }
    }
}
