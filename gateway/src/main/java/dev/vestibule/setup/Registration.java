package dev.vestibule.setup;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the operator enters at the provider, in its own words.
///
/// @param where the place to go to there
/// @param entries what to enter, in the order of its form
/// @param block lines to paste as they are, where the product is set up by a file or commands
/// @param notes what cannot be entered, or has to be known besides
public record Registration(
        String where, List<Entry> entries, List<String> block, List<String> notes) {

    public Registration {
        entries = List.copyOf(entries);
        block = List.copyOf(block);
        notes = List.copyOf(notes);
    }

    /// A field of the provider's form.
    public record Entry(String field, String value) {}

    /// The same for every product; for whoever looks for a field that is not among the entries.
    public static List<Entry> facts(ProviderChoice choice) {
        Addresses ours = Addresses.of(choice);
        return List.of(
                new Entry("Redirect URI", ours.callback()),
                new Entry("Post-logout redirect URI", ours.signOut()),
                new Entry("Back-channel logout URI", ours.logout()),
                new Entry("Scopes", String.join(" ", choice.preset().scopes())),
                new Entry(
                        "Grant types", "authorization code, with PKCE (S256), and refresh token"));
    }

    public static Registration of(ProviderChoice choice) {
        Addresses ours = Addresses.of(choice);
        return switch (choice.preset()) {
            case AUTHENTIK -> authentik(ours);
            case AUTHELIA -> authelia(ours);
            case KEYCLOAK -> keycloak(ours);
            case POCKET_ID -> pocketId(ours);
            case GOOGLE -> google(ours);
            case ENTRA -> entra(ours);
            case ZITADEL -> zitadel(ours);
            case KANIDM -> kanidm(ours, choice);
            case OKTA -> okta(ours);
            case AUTH0 -> auth0(ours, choice);
            case GENERIC -> generic(ours);
        };
    }

    private record Addresses(String home, String callback, String signOut, String logout) {

        static Addresses of(ProviderChoice choice) {
            Origin home = choice.publicUrl();
            OpenIdProviderConfig provider = choice.withoutClient();
            return new Addresses(
                    home.toString(),
                    provider.redirectUri(home).toString(),
                    home.resolve(OpenIdProviderConfig.SIGN_OUT_PATH).toString(),
                    provider.backChannelLogoutUri(home).toString());
        }
    }

    private static Registration authentik(Addresses ours) {
        return form(
                "Applications > Applications > Create with provider, OAuth2/OpenID",
                List.of(
                        entry("Client type", "confidential"),
                        entry("Redirect URI, strict", ours.callback()),
                        entry("Redirect URI, strict, a second one", ours.signOut()),
                        entry("Logout URI", ours.logout()),
                        entry("Logout method", "back-channel"),
                        entry(
                                "Signing key",
                                "any certificate. Without one it signs with the client secret, and"
                                        + " Vestibule takes no such token"),
                        entry("Encryption key", "none"),
                        entry(
                                "Subject mode",
                                "based on the user's hashed ID. Do not change it later: everybody"
                                        + " would be somebody new"),
                        entry("Scopes", "openid, profile, email, and offline_access")));
    }

    private static Registration authelia(Addresses ours) {
        return block(
                "A client in Authelia's own configuration",
                """
                identity_providers:
                  oidc:
                    clients:
                      - client_id: vestibule
                        client_name: Home
                        client_secret: '$pbkdf2-sha512$310000$...'
                        authorization_policy: two_factor
                        require_pkce: true
                        pkce_challenge_method: S256
                        redirect_uris:
                          - %s
                        scopes: [openid, profile, email, groups, offline_access]
                        grant_types: [authorization_code, refresh_token]
                        token_endpoint_auth_method: client_secret_basic
                """
                        .formatted(ours.callback()),
                "client_secret is the hash that 'authelia crypto hash generate pbkdf2 --variant"
                        + " sha512 --random' prints; the password beside it is the client secret.",
                "There is no field for a back-channel logout URI: Authelia sends no logout.");
    }

    private static Registration keycloak(Addresses ours) {
        return form(
                "Clients > Create client, OpenID Connect",
                List.of(
                        entry("Client ID", "vestibule"),
                        entry("Client authentication", "on; standard flow, nothing else"),
                        entry("Valid redirect URIs", ours.callback()),
                        entry("Valid post logout redirect URIs", ours.signOut()),
                        entry("Proof Key for Code Exchange", "S256"),
                        entry("Backchannel logout URL", ours.logout()),
                        entry("Backchannel logout session required", "on"),
                        entry(
                                "Client scopes > dedicated > Add mapper",
                                "Group Membership, token claim name groups, Full group path off")));
    }

    private static Registration pocketId(Addresses ours) {
        return form(
                "OIDC Clients > Add OIDC Client",
                List.of(
                        entry("Callback URLs", ours.callback()),
                        entry("Logout callback URLs", ours.signOut()),
                        entry("Public client", "off"),
                        entry("PKCE", "on"),
                        entry("Allowed user groups", "the groups that may come in")),
                "There is no field for a back-channel logout URI.");
    }

    private static Registration google(Addresses ours) {
        return form(
                "Google Auth Platform > Clients > Create client, web application",
                List.of(
                        entry("Authorized redirect URIs", ours.callback()),
                        entry(
                                "Audience",
                                "Internal for a Workspace; otherwise External, with your people as"
                                        + " test users or the app published")),
                "Google has no place for a back-channel logout URI.");
    }

    private static Registration entra(Addresses ours) {
        return form(
                "App registrations > New registration, accounts in this organizational directory"
                        + " only",
                List.of(
                        entry("Redirect URI, web", ours.callback()),
                        entry("Redirect URI, web, a second one", ours.signOut()),
                        entry(
                                "Token configuration > Add groups claim",
                                "security groups, group ID, in the ID token"),
                        entry("Token configuration > Add optional claim", "ID token: auth_time"),
                        entry("Certificates & secrets", "a client secret; note when it ends")),
                "Entra has no place for a back-channel logout URI: it signs out through the browser"
                        + " only.");
    }

    private static Registration zitadel(Addresses ours) {
        return form(
                "A project with the roles house-admins and family, given to people by"
                        + " Authorizations, and in it an application, Web, Code",
                List.of(
                        entry("Redirect URIs", ours.callback()),
                        entry("Post logout URIs", ours.signOut()),
                        entry("Back-channel logout URI", ours.logout()),
                        entry("Authentication method", "basic"),
                        entry("Grant types", "authorization code, refresh token"),
                        entry("Token settings", "user roles inside ID token"),
                        entry("Project > General", "assert roles on authentication")));
    }

    private static Registration kanidm(Addresses ours, ProviderChoice choice) {
        String path = choice.issuer().getPath();
        String client = path.substring(path.lastIndexOf('/') + 1);
        return block(
                "In a terminal with Kanidm's client",
                """
                kanidm system oauth2 create NAME "Home" HOME
                kanidm system oauth2 add-redirect-url NAME CALLBACK
                kanidm system oauth2 update-scope-map NAME family openid profile email groups
                kanidm system oauth2 update-scope-map NAME house_admins openid profile email groups
                kanidm system oauth2 prefer-short-username NAME
                kanidm system oauth2 show-basic-secret NAME
                """
                        .replace("NAME", client)
                        .replace("HOME", ours.home())
                        .replace("CALLBACK", ours.callback()),
                "family and house_admins stand for groups of yours. The last line prints the client"
                        + " secret.",
                "Kanidm has no place for a back-channel logout URI.");
    }

    private static Registration okta(Addresses ours) {
        return form(
                "Applications > Create App Integration, OIDC, web application",
                List.of(
                        entry("Sign-in redirect URIs", ours.callback()),
                        entry("Sign-out redirect URIs", ours.signOut()),
                        entry("Grant type", "authorization code, refresh token"),
                        entry("Assignments", "the groups that may come in"),
                        entry(
                                "Sign On > OpenID Connect ID Token > Groups claim",
                                "filter, groups, for example starts with home-")),
                "Okta has no place for a back-channel logout URI.");
    }

    private static Registration auth0(Addresses ours, ProviderChoice choice) {
        return new Registration(
                "Applications > Create Application, regular web application",
                List.of(
                        entry("Allowed Callback URLs", ours.callback()),
                        entry("Allowed Logout URLs", ours.signOut()),
                        entry("Back-channel logout URI", ours.logout()),
                        entry("Grant types", "authorization code, refresh token")),
                """
                exports.onExecutePostLogin = async (event, api) => {
                  api.idToken.setCustomClaim('%s', event.authorization?.roles ?? []);
                };
                """
                        .formatted(choice.claims().groups())
                        .lines()
                        .toList(),
                List.of("The lines are an action after login."));
    }

    private static Registration generic(Addresses ours) {
        return form(
                "A client of this kind",
                List.of(
                        entry("Type of client", "confidential, authorization code, PKCE with S256"),
                        entry("Redirect URI", ours.callback()),
                        entry("Post-logout redirect URI", ours.signOut()),
                        entry("Back-channel logout URI", ours.logout() + ", with sid"),
                        entry(
                                "Signature",
                                "RS256, PS256, ES256 or EdDSA, never with the client secret"),
                        entry(
                                "Claims",
                                "a list of group names in groups, in the ID token or UserInfo")));
    }

    private static Entry entry(String field, String value) {
        return new Entry(field, value);
    }

    private static Registration form(String where, List<Entry> entries, String... notes) {
        return new Registration(where, entries, List.of(), List.of(notes));
    }

    private static Registration block(String where, String block, String... notes) {
        return new Registration(where, List.of(), block.lines().toList(), List.of(notes));
    }

    /// Everything in lines of text.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(where + ":");
        entries.forEach(entry -> lines.add("  " + entry.field() + ": " + entry.value()));
        block.forEach(line -> lines.add("  " + line));
        return Stream.concat(lines.stream(), notes.stream()).toList();
    }
}
