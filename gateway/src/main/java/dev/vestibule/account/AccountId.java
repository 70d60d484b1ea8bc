package dev.vestibule.account;

/// The key of an account: a UUID (version 7) as text.
public record AccountId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
