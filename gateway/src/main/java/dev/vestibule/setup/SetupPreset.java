package dev.vestibule.setup;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.ProviderPreset;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.http.Text;
import dev.vestibule.setup.PresetValue.Shape;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A product that many people have: which values make its issuer, and what of the configuration
/// follows from it. `docs/guides/providers` says the same, and `PresetGuidesTest` holds the two
/// together.
public enum SetupPreset {
    AUTHENTIK("authentik", "authentik", "profile email"),
    AUTHELIA("authelia", "Authelia", "profile email groups"),
    KEYCLOAK("keycloak", "Keycloak", "profile email"),
    POCKET_ID("pocket-id", "Pocket ID", "profile email groups"),
    GOOGLE("google", "Google", "profile email"),
    ENTRA("entra", "Microsoft Entra ID", "profile email"),
    ZITADEL("zitadel", "Zitadel", "profile email"),
    KANIDM("kanidm", "Kanidm", "profile email groups"),
    OKTA("okta", "Okta", "profile email groups"),
    AUTH0("auth0", "Auth0", "profile email"),
    GENERIC("generic", "the provider", "profile email groups");

    private final String word;
    private final String product;
    private final String scopes;

    SetupPreset(String word, String product, String scopes) {
        this.word = word;
        this.product = product;
        this.scopes = "openid " + scopes;
    }

    /// What the operator types, and the name of its page in `docs/guides/providers`.
    public String word() {
        return word;
    }

    /// What it is called in a sentence.
    public String product() {
        return product;
    }

    /// The id of the provider in the configuration, unless the operator chooses one.
    public String id() {
        return this == GENERIC ? "sso" : word;
    }

    public List<String> scopes() {
        return List.of(scopes.split(" ", -1));
    }

    public static Judged<SetupPreset> judge(String answer) {
        return named(answer.strip())
                .map(Judged::fits)
                .orElseGet(() -> Judged.unfit(Flaw.PRESET_UNKNOWN, words()));
    }

    private static Optional<SetupPreset> named(String word) {
        return Arrays.stream(values()).filter(preset -> preset.word.equals(word)).findFirst();
    }

    /// All of them, as they are typed.
    public static String words() {
        return Arrays.stream(values()).map(SetupPreset::word).collect(Collectors.joining(", "));
    }

    /// The values that make the issuer, in the order of the questions. Google has one issuer, and
    /// asks for none.
    public List<PresetValue> questions() {
        return switch (this) {
            case AUTHENTIK ->
                    List.of(
                            PresetValue.address(
                                    "The address of authentik", "https://auth.example.org"),
                            PresetValue.name("The slug of the application there", "home"));
            case AUTHELIA ->
                    List.of(
                            PresetValue.address(
                                    "The address of Authelia", "https://auth.example.org"));
            case KEYCLOAK ->
                    List.of(
                            PresetValue.address(
                                    "The address of Keycloak", "https://auth.example.org"),
                            PresetValue.name("The name of the realm", "home"));
            case POCKET_ID ->
                    List.of(
                            PresetValue.address(
                                    "The address of Pocket ID", "https://id.example.org"));
            case GOOGLE -> List.of();
            case ENTRA ->
                    List.of(
                            new PresetValue(
                                    "The directory (tenant) ID",
                                    "00000000-0000-0000-0000-000000000000",
                                    "",
                                    Shape.TENANT));
            case ZITADEL -> List.of(PresetValue.address("The domain of Zitadel", "id.example.org"));
            case KANIDM ->
                    List.of(
                            PresetValue.address("The address of Kanidm", "https://idm.example.org"),
                            new PresetValue(
                                    "The name of the client there",
                                    "vestibule",
                                    "vestibule",
                                    Shape.NAME));
            case OKTA -> List.of(PresetValue.address("The domain of Okta", "example.okta.com"));
            case AUTH0 ->
                    List.of(
                            PresetValue.address(
                                    "The domain of the tenant", "example.eu.auth0.com"));
            case GENERIC ->
                    List.of(
                            new PresetValue(
                                    "The issuer, as \"issuer\" of"
                                            + " /.well-known/openid-configuration has it",
                                    "https://auth.example.org",
                                    "",
                                    Shape.ISSUER));
        };
    }

    /// @param values judged by [#questions()], as many and in their order
    public URI issuer(List<String> values) {
        return URI.create(
                switch (this) {
                    case AUTHENTIK -> values.get(0) + "/application/o/" + values.get(1) + "/";
                    case KEYCLOAK -> values.get(0) + "/realms/" + values.get(1);
                    case GOOGLE -> "https://accounts.google.com";
                    case ENTRA ->
                            "https://login.microsoftonline.com/" + values.getFirst() + "/v2.0";
                    case KANIDM -> values.get(0) + "/oauth2/openid/" + values.get(1);
                    case AUTH0 -> values.getFirst() + "/";
                    case AUTHELIA, POCKET_ID, ZITADEL, OKTA, GENERIC -> values.getFirst();
                });
    }

    /// The client id where it follows from what was asked; the empty text elsewhere.
    public String clientId(List<String> values) {
        return switch (this) {
            case KANIDM -> values.get(1);
            case AUTHELIA, KEYCLOAK -> "vestibule";
            case AUTHENTIK, POCKET_ID, GOOGLE, ENTRA, ZITADEL, OKTA, AUTH0, GENERIC -> "";
        };
    }

    /// How its groups come here, in a sentence for whoever got none.
    public Text groupsAdvice() {
        return text("setup.advice." + word);
    }

    ProviderPreset preset() {
        return switch (this) {
            case KEYCLOAK -> ProviderPreset.KEYCLOAK;
            case GOOGLE -> ProviderPreset.GOOGLE;
            case AUTHENTIK, AUTHELIA, POCKET_ID, ENTRA, ZITADEL, KANIDM, OKTA, AUTH0, GENERIC ->
                    ProviderPreset.NONE;
        };
    }

    /// Entra's UserInfo has no groups, and would take away those of the ID token.
    UserInfoUse userInfo() {
        return this == ENTRA ? UserInfoUse.NEVER : UserInfoUse.WHEN_CLAIMS_ARE_MISSING;
    }

    /// What Entra sends over SCIM as `externalId` is the object id, which is not its `sub`.
    ScimConfig scim() {
        ScimConfig usual = ScimConfig.DEFAULTS;
        return this == ENTRA
                ? new ScimConfig(usual.match(), "oid", usual.rolesFrom(), usual.people())
                : usual;
    }
}
