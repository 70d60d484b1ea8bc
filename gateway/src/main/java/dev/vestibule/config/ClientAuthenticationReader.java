package dev.vestibule.config;

import dev.vestibule.config.ClientAuthentication.JwtAudience;
import dev.vestibule.config.ClientAuthentication.SigningAlgorithm;
import dev.vestibule.secret.Secret;

import java.util.List;
import java.util.Optional;

/// Reads how the gateway proves to a provider that it is the registered client: `client-secret`,
/// `private-key-jwt`, or neither, which makes it a public client.
final class ClientAuthenticationReader {

    private enum SecretMethod {
        BASIC,
        POST
    }

    private final SecretReader secrets;

    ClientAuthenticationReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    /// Empty where something is wrong, with the problem among the findings.
    Optional<ClientAuthentication> read(Section provider) {
        boolean hasSecret = secrets.isGiven(provider, "client-secret");
        boolean hasMethod = provider.has("client-secret-method");
        boolean hasKey = provider.has("private-key-jwt");
        SecretMethod method =
                provider.get(
                        "client-secret-method",
                        Formats.oneOf(SecretMethod.values()),
                        SecretMethod.BASIC);
        if (hasMethod && !hasSecret) {
            provider.problem(
                    "client-secret-method",
                    "There is no 'client-secret' that this could be about. Write it, or remove this"
                            + " line.");
        }
        if (hasSecret && hasKey) {
            provider.problem(
                    "private-key-jwt",
                    "'client-secret' is given as well. Keep the one that the provider expects.");
        }
        if (hasKey) {
            return privateKey(provider.child("private-key-jwt"));
        }
        return hasSecret
                ? secrets.line(provider, "client-secret").map(secret -> with(secret, method))
                : Optional.of(new ClientAuthentication.None());
    }

    private static ClientAuthentication with(Secret secret, SecretMethod method) {
        return switch (method) {
            case BASIC -> new ClientAuthentication.SecretBasic(secret);
            case POST -> new ClientAuthentication.SecretPost(secret);
        };
    }

    private Optional<ClientAuthentication> privateKey(Section section) {
        try (section) {
            if (!secrets.isGiven(section, "key")) {
                section.problem(
                        "key",
                        "'key-file' is missing. Write the path of the private key, as PKCS#8 in"
                                + " PEM.");
            }
            Optional<Secret> key =
                    secrets.lines(section, "key").filter(text -> isPkcs8(section, text));
            Optional<String> keyId =
                    section.require(
                            "key-id",
                            Formats::text,
                            "Write the 'kid' under which the provider knows the public key.");
            SigningAlgorithm algorithm =
                    section.get(
                            "algorithm",
                            Formats.choice(List.of(SigningAlgorithm.values()), Enum::name),
                            SigningAlgorithm.RS256);
            JwtAudience audience =
                    section.get(
                            "audience", Formats.oneOf(JwtAudience.values()), JwtAudience.ISSUER);
            return key.flatMap(
                    secret ->
                            keyId.map(
                                    id ->
                                            new ClientAuthentication.PrivateKeyJwt(
                                                    secret, id, algorithm, audience)));
        }
    }

    private static boolean isPkcs8(Section section, Secret key) {
        boolean isPkcs8 = key.reveal().strip().startsWith("-----BEGIN PRIVATE KEY-----");
        if (!isPkcs8) {
            String given = section.has("key") ? "key" : "key-file";
            section.problem(
                    given,
                    "This is not a private key as PKCS#8 in PEM. Convert it with: openssl pkcs8"
                            + " -topk8 -nocrypt -in OLD -out NEW");
        }
        return isPkcs8;
    }
}
