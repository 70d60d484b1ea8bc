package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Addresses that work for a while without a header: `authSig`. Lives on the event loop; a restart
/// changes the secret.
final class PathSigner {

    static final String PARAMETER = "authSig";
    private static final Set<String> FREE_PARAMETERS = Set.of("width", "height");

    private final InstantSource time;
    private final TokenStore tokens;
    private byte[] secret = Ids.random(64);

    PathSigner(InstantSource time, TokenStore tokens) {
        this.time = time;
        this.tokens = tokens;
    }

    void changeSecret() {
        secret = Ids.random(64);
    }

    String sign(String refreshTokenId, String target, Duration lifetime) {
        Query query = Query.ofTarget(target);
        Instant now = time.instant();
        ObjectNode claims = Json.object().put("iss", refreshTokenId).put("path", query.path());
        claims.set("params", params(query.parameters()));
        claims.put("iat", now.getEpochSecond()).put("exp", now.plus(lifetime).getEpochSecond());
        String joint = target.contains("?") ? "&" : "?";
        return target + joint + PARAMETER + "=" + Jwt.sign(secret, claims);
    }

    /// The refresh token that signed this very address. Whether its user is active is not asked.
    Optional<RefreshToken> check(String path, List<Map.Entry<String, String>> parameters) {
        Optional<String> signature =
                parameters.stream()
                        .filter(one -> one.getKey().equals(PARAMETER))
                        .map(Map.Entry::getValue)
                        .findFirst();
        return signature
                .filter(text -> Jwt.isSignedBy(secret, text))
                .flatMap(Jwt::read)
                .filter(claims -> isFor(claims, path, parameters))
                .flatMap(claims -> tokens.byId(claims.path("iss").asText()));
    }

    private boolean isFor(
            JsonNode claims, String path, List<Map.Entry<String, String>> parameters) {
        return claims.path("path").asText().equals(path)
                && claims.path("params").equals(params(parameters))
                && Instant.ofEpochSecond(claims.path("exp").asLong()).isAfter(time.instant());
    }

    private static ArrayNode params(List<Map.Entry<String, String>> parameters) {
        ArrayNode params = Json.array();
        parameters.stream()
                .filter(one -> !one.getKey().equals(PARAMETER))
                .filter(one -> !FREE_PARAMETERS.contains(one.getKey()))
                .forEach(one -> params.addArray().add(one.getKey()).add(one.getValue()));
        return params;
    }
}
