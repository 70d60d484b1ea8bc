package dev.vestibule.session;

/// The key of a session in the store: a UUID (version 7) as text. Not a secret; the cookie is.
public record SessionId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
