package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;

import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys that one provider signs with. A class of its own instead of a record, because two
/// fetched sets are never the same set: the cache compares them by identity.
final class VerificationKeys {

    static final int BYTES_MAX = 256 * 1024;
    private static final int KEYS_MAX = 100;

    /// So many keys are tried on one token that names none, or a name that several keys share.
    private static final int CANDIDATES_MAX = 8;

    private final List<JWK> keys;

    private VerificationKeys(List<JWK> keys) {
        this.keys = List.copyOf(keys);
    }

    /// @throws OpenIdProviderUnavailable where the provider does not answer, or not with keys
    static VerificationKeys fetch(ProviderHttp http, URI jwksUri) {
        return http.get(jwksUri, BYTES_MAX, answer -> read(http, jwksUri, answer));
    }

    private static VerificationKeys read(
            ProviderHttp http, URI jwksUri, ProviderHttp.Answer answer) {
        if (!answer.isOk()) {
            throw http.unavailable(jwksUri, "answered " + answer.status() + " instead of its keys");
        }
        return answer.json()
                .flatMap(VerificationKeys::read)
                .orElseThrow(() -> http.unavailable(jwksUri, "sent no readable keys"));
    }

    private static Optional<VerificationKeys> read(ObjectNode document) {
        JsonNode listed = document.path("keys");
        if (!listed.isArray() || listed.size() > KEYS_MAX) {
            return Optional.empty();
        }
        List<JWK> keys = new ArrayList<>();
        listed.forEach(key -> verificationKey(key).ifPresent(keys::add));
        return Optional.of(new VerificationKeys(keys));
    }

    /// RFC 7517 section 5: what we do not understand is left out, the rest stays usable. Keys for
    /// encryption and symmetric ones are left out too.
    private static Optional<JWK> verificationKey(JsonNode json) {
        try {
            JWK key = JWK.parse(json.toString());
            boolean isForSignatures =
                    (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                            && (key.getKeyOperations() == null
                                    || key.getKeyOperations().contains(KeyOperation.VERIFY));
            return isForSignatures ? Optional.ofNullable(key.toPublicJWK()) : Optional.empty();
        } catch (ParseException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /// The keys that may have made a signature with this algorithm under this name.
    List<JWK> candidates(SignatureAlgorithm algorithm, String keyId) {
        return keys.stream()
                .filter(key -> keyId.equals(key.getKeyID()))
                .filter(key -> isUsable(key, algorithm))
                .limit(CANDIDATES_MAX)
                .toList();
    }

    /// The keys to try on a token that names none.
    List<JWK> candidates(SignatureAlgorithm algorithm) {
        return keys.stream().filter(key -> isUsable(key, algorithm)).limit(CANDIDATES_MAX).toList();
    }

    boolean haveOneFor(SignatureAlgorithm algorithm) {
        return keys.stream().anyMatch(key -> isUsable(key, algorithm));
    }

    private static boolean isUsable(JWK key, SignatureAlgorithm algorithm) {
        boolean namesAnother =
                key.getAlgorithm() != null
                        && !key.getAlgorithm().getName().equals(algorithm.joseName());
        return !namesAnother && algorithm.fits(key);
    }
}
