package dev.vestibule.account;

/// The issuer identifier of an OpenID provider, exactly as configured (OpenID Connect Core section
/// 2): compared character by character, never normalised.
public record Issuer(String value) {

    @Override
    public String toString() {
        return value;
    }
}
