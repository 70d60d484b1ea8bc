package dev.vestibule.testhouse.openid;

import com.nimbusds.jose.jwk.JWKSet;

/// How a registered client proves who it is at the token endpoint, OpenID Connect Core section 9.
public sealed interface ClientCredential {

    /// `client_secret_basic`: both parts form-urlencoded inside Basic, RFC 6749 section 2.3.1.
    record SecretBasic(String secret) implements ClientCredential {
        @Override
        public String toString() {
            return "SecretBasic[secret]";
        }
    }

    /// `client_secret_post`.
    record SecretPost(String secret) implements ClientCredential {
        @Override
        public String toString() {
            return "SecretPost[secret]";
        }
    }

    /// `private_key_jwt`, RFC 7523; the provider holds the public keys only.
    record PrivateKeyJwt(JWKSet publicKeys) implements ClientCredential {

        public PrivateKeyJwt {
            publicKeys = publicKeys.toPublicJWKSet();
        }
    }

    /// `none`: a public client.
    record None() implements ClientCredential {}
}
