package dev.vestibule.passkey;

/// The name by which authenticators know an account, as base64url. Random, and not the account's
/// id: authenticators tell it to whoever holds them (WebAuthn section 14.6.1).
record UserHandle(String value) {

    /// WebAuthn section 5.4.3.
    static final int BYTES_MAX = 64;

    @Override
    public String toString() {
        return value;
    }
}
