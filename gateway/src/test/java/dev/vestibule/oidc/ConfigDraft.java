package dev.vestibule.oidc;

import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.ProviderPreset;
import dev.vestibule.config.PushedAuthorization;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.secret.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The configuration of one provider while a test changes single values of it.
final class ConfigDraft {

    URI issuer;
    ClientAuthentication authentication =
            new ClientAuthentication.SecretBasic(new Secret(ProviderHouse.CLIENT_SECRET));
    List<String> scopes = List.of("openid", "profile", "email", "groups", "offline_access");
    ClaimPaths claims = ClaimPaths.DEFAULTS;
    Set<String> algorithms = OpenIdProviderConfig.DEFAULT_ALGORITHMS;
    List<Path> caFiles = List.of();
    UserInfoUse userInfo = UserInfoUse.WHEN_CLAIMS_ARE_MISSING;
    PushedAuthorization pushedAuthorization = PushedAuthorization.NEVER;
    List<String> requiredAcr = List.of();
    boolean insecureHttp = false;
    FreshSignIn freshSignIn = FreshSignIn.AUTH_TIME;
    LivenessConfig liveness = LivenessConfig.DEFAULTS;

    ConfigDraft(URI issuer) {
        this.issuer = issuer;
    }

    OpenIdProviderConfig finish() {
        return new OpenIdProviderConfig(
                "home",
                "Home account",
                issuer,
                ProviderHouse.CLIENT_ID,
                authentication,
                scopes,
                claims,
                algorithms,
                caFiles,
                userInfo,
                pushedAuthorization,
                requiredAcr,
                insecureHttp,
                ProviderPreset.NONE,
                freshSignIn,
                liveness,
                ScimConfig.DEFAULTS);
    }
}
