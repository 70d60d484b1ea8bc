package dev.vestibule.passkey;

/// The key of a passkey in the store: a UUID (version 7) as text.
record PasskeyId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
