package dev.vestibule.grant;

/// The key of a grant in the store: a UUID (version 7) as text. Not a secret.
public record GrantId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
