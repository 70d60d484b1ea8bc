package dev.vestibule.passkey;

import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;

/// 256 random bits that an authenticator signs, so that its answer is good once (WebAuthn section
/// 13.4.3).
///
/// @param value as base64url, the way it travels
record Challenge(Secret value) {

    TokenHash hash() {
        return TokenHash.of(value);
    }

    byte[] bytes() {
        return Base64Url.decodeOwn(value.reveal());
    }
}
