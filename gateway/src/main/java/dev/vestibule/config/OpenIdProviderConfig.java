package dev.vestibule.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One OpenID provider that people may sign in with. Register at the provider, behind our
/// `public-url`: `/auth/vestibule/callback/ID` as the redirect URI, and
/// `/auth/vestibule/back-channel-logout/ID` as the back-channel logout URI.
///
/// @param id the short name in our own addresses (`/auth/vestibule/callback/ID`) and logs: 1 to 32
///   lower-case letters, digits and dashes. Required. Example: `authentik`
/// @param displayName what the button on the sign-in page says. Key: `name`. Default: the id.
///   Example: `Family account`
/// @param issuer the provider's issuer, character for character as its discovery document writes
///   it, trailing slash included. Required. Example: `https://auth.example.org/application/o/home/`
/// @param clientId the client id that the provider gave to this gateway. Required. Example:
///   `vestibule`
/// @param authentication how the gateway proves that it is that client
/// @param scopes the scopes to ask for; `openid` is always among them. Default: `[openid, profile,
///   email]`. Example: `[openid, profile, groups]`
/// @param claims where in the claims the facts about a person stand
/// @param algorithms the signature algorithms accepted on tokens, among those that the provider
///   lists. Symmetric ones and `none` are not available. Default: `[RS256, PS256, ES256, EdDSA]`.
///   Example: `[ES256]`
/// @param caFiles certificates in PEM that the provider's own may be signed with, besides the
///   system's; one file or a list. Key: `ca-file`. Default: none. Example:
///   `/etc/vestibule/home-ca.pem`
/// @param userInfo when the UserInfo endpoint is asked. Default: `when-claims-are-missing`.
///   Example: `never`
/// @param pushedAuthorization whether sign-in parameters are pushed (RFC 9126). Default:
///   `when-offered`. Example: `never`
/// @param requiredAcr authentication context classes of which the provider must have used one; they
///   are asked for and checked. Default: none, any will do. Example: `[phr, phrh]`
/// @param insecureHttp whether the provider may be spoken to over plain http on another machine, so
///   that everybody on the way can read and change who signs in. Loopback needs no such key.
///   Default: `false`. Example: `true`
/// @param preset which product it is, where that matters. Default: `none`. Example: `keycloak`
/// @param freshSignIn how a person is had to prove anew who they are, before an app is let in, a
///   passkey is added or a tablet approved; see docs/fresh-sign-in.md. Default: `auth-time`, with
///   the preset `google` `select-account`. Example: `prompt-login`
/// @param liveness how the provider is asked later whether it still vouches for somebody
/// @param scim who of those that a SCIM client sends is who of this provider
public record OpenIdProviderConfig(
        String id,
        String displayName,
        URI issuer,
        String clientId,
        ClientAuthentication authentication,
        List<String> scopes,
        ClaimPaths claims,
        Set<String> algorithms,
        List<Path> caFiles,
        UserInfoUse userInfo,
        PushedAuthorization pushedAuthorization,
        List<String> requiredAcr,
        boolean insecureHttp,
        ProviderPreset preset,
        FreshSignIn freshSignIn,
        LivenessConfig liveness,
        ScimConfig scim) {

    /// The provider's id and a slash before it follow.
    public static final String CALLBACK_PATH = "/auth/vestibule/callback";

    /// Where people come back to who sign out at the provider too.
    public static final String SIGN_OUT_PATH = "/auth/vestibule/sign-out";

    /// The provider's id and a slash before it follow.
    public static final String BACK_CHANNEL_LOGOUT_PATH = "/auth/vestibule/back-channel-logout";

    public static final List<String> DEFAULT_SCOPES = List.of("openid", "profile", "email");
    public static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA");

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    public OpenIdProviderConfig {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "the id of a provider has 1 to 32 lower-case letters, digits and dashes, not '"
                            + id
                            + "'");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the provider " + id + " needs a client-id");
        }
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("the scopes of " + id + " lack openid");
        }
        scopes = List.copyOf(scopes);
        algorithms = Set.copyOf(algorithms);
        caFiles = List.copyOf(caFiles);
        requiredAcr = List.copyOf(requiredAcr);
    }

    /// How a fresh sign-in is had at a product, unless the configuration says otherwise.
    ///
    /// Source, as of 2026: Google, "OpenID Connect", authentication URI parameters
    /// (developers.google.com): `prompt` is `none`, `consent` or `select_account`; `max_age` is not
    /// among the parameters, nor `auth_time` among the claims that every client is sent.
    public static FreshSignIn freshSignIn(ProviderPreset preset) {
        return switch (preset) {
            case NONE, KEYCLOAK -> FreshSignIn.AUTH_TIME;
            case GOOGLE -> FreshSignIn.SELECT_ACCOUNT;
        };
    }

    /// Whether a text can be the id of a provider.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /// Where the provider sends browsers back to; it is registered there exactly so.
    ///
    /// @param publicUrl the canonical address of the home
    public URI redirectUri(Origin publicUrl) {
        return publicUrl.resolve(CALLBACK_PATH + "/" + id);
    }

    /// Where the provider says that somebody signed out; registered there exactly so.
    ///
    /// @param publicUrl the canonical address of the home
    public URI backChannelLogoutUri(Origin publicUrl) {
        return publicUrl.resolve(BACK_CHANNEL_LOGOUT_PATH + "/" + id);
    }

    /// A provider of which only the necessary is said; everything else has its default.
    public static OpenIdProviderConfig of(
            String id, URI issuer, String clientId, ClientAuthentication authentication) {
        return new OpenIdProviderConfig(
                id,
                id,
                issuer,
                clientId,
                authentication,
                DEFAULT_SCOPES,
                ClaimPaths.DEFAULTS,
                DEFAULT_ALGORITHMS,
                List.of(),
                UserInfoUse.WHEN_CLAIMS_ARE_MISSING,
                PushedAuthorization.WHEN_OFFERED,
                List.of(),
                false,
                ProviderPreset.NONE,
                FreshSignIn.AUTH_TIME,
                LivenessConfig.DEFAULTS,
                ScimConfig.DEFAULTS);
    }
}
