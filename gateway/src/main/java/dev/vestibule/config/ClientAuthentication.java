package dev.vestibule.config;

import dev.vestibule.secret.Secret;

/// How the gateway proves to a provider that it is the client registered there. Without any of
/// these keys it is a public client, which PKCE alone protects.
public sealed interface ClientAuthentication {

    /// A public client: no secret exists.
    record None() implements ClientAuthentication {}

    /// `client_secret_basic`, what most providers expect of a client with a secret.
    ///
    /// @param clientSecret the secret from the provider's page. Default: none. Example:
    ///   `client-secret-file: authentik.secret`
    record SecretBasic(Secret clientSecret) implements ClientAuthentication {}

    /// `client_secret_post`, for providers that read the secret only from the request's body: with
    /// `client-secret-method: post` beside it.
    ///
    /// @param clientSecret the secret from the provider's page. Default: none. Example:
    ///   `client-secret: ${OIDC_SECRET}`
    record SecretPost(Secret clientSecret) implements ClientAuthentication {}

    /// `private_key_jwt`: a signed statement instead of a secret (RFC 7523 section 2.2), in a
    /// section `private-key-jwt`.
    ///
    /// @param privateKey the private key as PKCS#8 in PEM (`BEGIN PRIVATE KEY`), without password.
    ///   Key: `key`. Required. Example: `key-file: client.pem`
    /// @param keyId the `kid` under which the provider knows the public key. Required. Example:
    ///   `vestibule-2026`
    /// @param algorithm the signature algorithm, which must fit the key: `RS256`, `PS256` or
    ///   `ES256`. Default: `RS256`. Example: `ES256`
    /// @param audience whom the statement is addressed to; Microsoft Entra asks for the second.
    ///   Default: `issuer`. Example: `token-endpoint`
    record PrivateKeyJwt(
            Secret privateKey, String keyId, SigningAlgorithm algorithm, JwtAudience audience)
            implements ClientAuthentication {}

    /// The algorithms that a `private_key_jwt` may be signed with.
    enum SigningAlgorithm {
        RS256,
        PS256,
        ES256
    }

    /// Whom a `private_key_jwt` is addressed to. The issuer cannot be confused with another
    /// provider; the token endpoint's address is what older providers compare with.
    enum JwtAudience {
        /// The provider's issuer.
        ISSUER,
        /// The address of its token endpoint.
        TOKEN_ENDPOINT
    }
}
