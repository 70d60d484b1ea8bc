package dev.vestibule.passkey;

/// The name that an authenticator gave to a key, as base64url.
record CredentialId(String value) {

    /// WebAuthn section 7.1 step 24.
    static final int BYTES_MAX = 1023;

    byte[] bytes() {
        return Base64Url.decodeOwn(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
