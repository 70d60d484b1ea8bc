package dev.vestibule.setup;

import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.PushedAuthorization;
import dev.vestibule.secret.Secret;

import java.net.URI;
import java.util.List;

/// A provider that the operator chose, before it knows us.
///
/// @param id as the configuration and our addresses have it
public record ProviderChoice(Origin publicUrl, SetupPreset preset, String id, URI issuer) {

    /// Discovery needs no client; this one is never sent.
    private static final String NO_CLIENT_YET = "vestibule";

    /// The short name that becomes part of our addresses.
    public static Judged<String> judgeId(String answer) {
        return OpenIdProviderConfig.isId(answer.strip())
                ? Judged.fits(answer.strip())
                : Judged.unfit(Flaw.PROVIDER_ID);
    }

    /// What the provider calls us, or what the button says.
    public static Judged<String> judgeText(String answer) {
        return Judged.text(answer);
    }

    /// An empty secret is a public client's.
    public static Judged<ClientAuthentication> judgeSecret(Secret answer) {
        String text = answer.reveal().strip();
        if (text.isEmpty()) {
            return Judged.fits(new ClientAuthentication.None());
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? Judged.unfit(Flaw.CONTROL_CHARACTER)
                : Judged.fits(new ClientAuthentication.SecretBasic(new Secret(text)));
    }

    /// Where the facts about a person stand at this product.
    public ClaimPaths claims() {
        ClaimPaths usual = ClaimPaths.DEFAULTS;
        return switch (preset) {
            // Google has no groups: a group of one stands for each person.
            case GOOGLE -> new ClaimPaths(usual.username(), usual.name(), usual.picture(), "sub");
            // Auth0 keeps `groups` and `roles` for itself; ours comes by an action.
            case AUTH0 ->
                    new ClaimPaths(
                            "nickname",
                            usual.name(),
                            usual.picture(),
                            publicUrl.resolve("/roles").toString());
            case AUTHENTIK, AUTHELIA, KEYCLOAK, POCKET_ID, ENTRA, ZITADEL, KANIDM, OKTA, GENERIC ->
                    usual;
        };
    }

    OpenIdProviderConfig withoutClient() {
        return with(NO_CLIENT_YET, new ClientAuthentication.None(), id);
    }

    /// The provider as the configuration will have it.
    ///
    /// @param name what the button says
    public OpenIdProviderConfig with(
            String clientId, ClientAuthentication authentication, String name) {
        return new OpenIdProviderConfig(
                id,
                name,
                issuer,
                clientId,
                authentication,
                preset.scopes(),
                claims(),
                OpenIdProviderConfig.DEFAULT_ALGORITHMS,
                List.of(),
                preset.userInfo(),
                PushedAuthorization.WHEN_OFFERED,
                List.of(),
                false,
                preset.preset(),
                OpenIdProviderConfig.freshSignIn(preset.preset()),
                LivenessConfig.of(preset.preset()),
                preset.scim());
    }
}
