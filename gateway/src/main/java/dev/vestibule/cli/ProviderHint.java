package dev.vestibule.cli;

import dev.vestibule.config.ProviderPreset;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is known about providers that many people have. It only fills in what the operator is
/// asked.
enum ProviderHint {
    AUTHENTIK(
            "authentik",
            "https://auth.example.org/application/o/SLUG/",
            "openid profile email",
            "authentik sends groups with the scope 'profile'. The issuer ends with a slash."),
    AUTHELIA(
            "authelia",
            "https://auth.example.org",
            "openid profile email groups",
            "Authelia sends groups with the scope 'groups'; allow it for the client."),
    KEYCLOAK(
            "keycloak",
            "https://auth.example.org/realms/REALM",
            "openid profile email",
            "Keycloak sends groups once a mapper 'Group Membership' named 'groups' is added to the"
                    + " client."),
    POCKET_ID(
            "pocket-id",
            "https://id.example.org",
            "openid profile email groups",
            "Pocket ID sends groups with the scope 'groups'."),
    GOOGLE(
            "google",
            "https://accounts.google.com",
            "openid profile email",
            "Google sends no groups, so everybody whom it lets in gets the same role."),
    ENTRA(
            "entra",
            "https://login.microsoftonline.com/TENANT/v2.0",
            "openid profile email",
            "Entra sends groups once the claim is added to the app; they are object ids."),
    OTHER(
            "other",
            "https://auth.example.org",
            "openid profile email",
            "The issuer is the member \"issuer\" of /.well-known/openid-configuration.");

    private final String word;
    private final String issuerExample;
    private final String scopes;
    private final String advice;

    ProviderHint(String word, String issuerExample, String scopes, String advice) {
        this.word = word;
        this.issuerExample = issuerExample;
        this.scopes = scopes;
        this.advice = advice;
    }

    String word() {
        return word;
    }

    String issuerExample() {
        return issuerExample;
    }

    /// An issuer without a part to fill in; empty where there is one.
    String issuerFallback() {
        return this == GOOGLE ? issuerExample : "";
    }

    List<String> scopes() {
        return List.of(scopes.split(" ", -1));
    }

    ProviderPreset preset() {
        return switch (this) {
            case KEYCLOAK -> ProviderPreset.KEYCLOAK;
            case GOOGLE -> ProviderPreset.GOOGLE;
            case AUTHENTIK, AUTHELIA, POCKET_ID, ENTRA, OTHER -> ProviderPreset.NONE;
        };
    }

    String advice() {
        return advice;
    }

    static Optional<ProviderHint> named(String word) {
        return Arrays.stream(values()).filter(hint -> hint.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(ProviderHint::word).collect(Collectors.joining(", "));
    }
}
