package dev.vestibule.testhouse.openid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Proves the client at the token and PAR endpoints. Each client has one method; another is
/// refused, and so are two at once (RFC 6749 section 2.3).
final class ClientAuthenticator {

    private final Clients clients;
    private final ClientAssertions assertions;

    ClientAuthenticator(Clients clients, ClientAssertions assertions) {
        this.clients = clients;
        this.assertions = assertions;
    }

    Optional<RegisteredClient> authenticate(ProviderRequest request) {
        boolean hasBasic = request.header("authorization").isPresent();
        boolean hasSecret = request.form().containsKey("client_secret");
        boolean hasAssertion = request.form().containsKey("client_assertion");
        if (count(hasBasic, hasSecret, hasAssertion) > 1) {
            return Optional.empty();
        }
        if (hasBasic) {
            return byBasic(request);
        }
        if (hasAssertion) {
            return assertions.authenticate(request);
        }
        Optional<RegisteredClient> named = request.parameter("client_id").flatMap(clients::find);
        return named.filter(
                client ->
                        switch (client.credential()) {
                            case ClientCredential.None _ -> !hasSecret;
                            case ClientCredential.SecretPost(var secret) ->
                                    request.parameter("client_secret")
                                            .filter(sent -> isSame(sent, secret))
                                            .isPresent();
                            case ClientCredential.SecretBasic _ -> false;
                            case ClientCredential.PrivateKeyJwt _ -> false;
                        });
    }

    /// RFC 6749 section 2.3.1: id and secret are form-urlencoded before they are joined.
    private Optional<RegisteredClient> byBasic(ProviderRequest request) {
        List<String> parts = Parameters.parts(request.header("authorization").orElse(""), ' ');
        if (parts.size() != 2 || !parts.getFirst().toLowerCase(Locale.ROOT).equals("basic")) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(parts.getLast()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            String id = Parameters.decode(pair.substring(0, colon));
            String secret = Parameters.decode(pair.substring(colon + 1));
            return clients.find(id)
                    .filter(
                            client ->
                                    client.credential()
                                                    instanceof
                                                    ClientCredential.SecretBasic(var expected)
                                            && isSame(secret, expected))
                    .filter(client -> request.parameter("client_id").orElse(id).equals(id));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // broken base64 or a broken percent escape
        }
    }

    private static int count(boolean... conditions) {
        int count = 0;
        for (boolean condition : conditions) {
            count += condition ? 1 : 0;
        }
        return count;
    }

    private static boolean isSame(String left, String right) {
        return MessageDigest.isEqual(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
