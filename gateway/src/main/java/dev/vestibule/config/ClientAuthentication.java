package dev.vestibule.config;

import dev.vestibule.secret.Secret;

/// How the gateway proves to a provider that it is the client registered there. Default: `none`, a
/// public client, which PKCE alone protects.
public sealed interface ClientAuthentication {

    /// A public client: no secret exists.
    record None() implements ClientAuthentication {}

    /// `client_secret_basic`, what most providers expect of a client with a secret.
    ///
    /// @param clientSecret the secret from the provider's page. Default: none. Example:
    ///   `${OIDC_SECRET}`.
    record SecretBasic(Secret clientSecret) implements ClientAuthentication {}

    /// `client_secret_post`, for providers that read the secret only from the request's body.
    ///
    /// @param clientSecret the secret from the provider's page. Default: none. Example:
    ///   `${OIDC_SECRET}`.
    record SecretPost(Secret clientSecret) implements ClientAuthentication {}

    /// `private_key_jwt`: a signed statement instead of a secret (RFC 7523 section 2.2).
    ///
    /// @param privateKey the private key as PKCS#8 in PEM (`BEGIN PRIVATE KEY`), without password.
    ///   Default: none. Example: a file made by `openssl genpkey -algorithm RSA`.
    /// @param keyId the `kid` under which the provider knows the public key. Default: none.
    ///   Example: `vestibule-2026`.
    /// @param algorithm the signature algorithm, which must fit the key. Default: `RS256`. Example:
    ///   `ES256`.
    /// @param audience whom the statement is addressed to. Default: `issuer`. Example:
    ///   `token-endpoint`, which Microsoft Entra asks for.
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
        ISSUER,
        TOKEN_ENDPOINT
    }
}
