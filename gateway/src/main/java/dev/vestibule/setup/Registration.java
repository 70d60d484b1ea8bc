package dev.vestibule.setup;

import static dev.vestibule.http.Messages.text;
import static dev.vestibule.http.Text.verbatim;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Language;
import dev.vestibule.http.Text;

import java.util.ArrayList;
import java.util.List;

/// What the operator enters at the provider, in its own words: its menus and fields are called as
/// it calls them, and what we explain is in the languages of our pages.
///
/// @param where the place to go to there
/// @param entries what to enter, in the order of its form
/// @param block lines to paste as they are, where the product is set up by a file or commands
/// @param notes what cannot be entered, or has to be known besides
public record Registration(Text where, List<Entry> entries, List<String> block, List<Text> notes) {

    public Registration {
        entries = List.copyOf(entries);
        block = List.copyOf(block);
        notes = List.copyOf(notes);
    }

    /// A field of the provider's form.
    public record Entry(Text field, Text value) {

        /// As a line of the terminal.
        public String line() {
            return field.in(Language.ENGLISH) + ": " + value.in(Language.ENGLISH);
        }
    }

    /// The same for every product; for whoever looks for a field that is not among the entries.
    public static List<Entry> facts(ProviderChoice choice) {
        Addresses ours = Addresses.of(choice);
        return List.of(
                entry("Redirect URI", ours.callback()),
                entry("Post-logout redirect URI", ours.signOut()),
                entry("Back-channel logout URI", ours.logout()),
                entry("Scopes", String.join(" ", choice.preset().scopes())),
                entry("Grant types", text("setup.value.grant-types")));
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
                        second("Redirect URI, strict", ours.signOut()),
                        entry("Logout URI", ours.logout()),
                        entry("Logout method", "back-channel"),
                        entry("Signing key", text("setup.value.authentik.signing-key")),
                        entry("Encryption key", "none"),
                        entry("Subject mode", text("setup.value.authentik.subject-mode")),
                        entry("Scopes", text("setup.value.authentik.scopes"))));
    }

    private static Registration authelia(Addresses ours) {
        return block(
                text("setup.where.authelia"),
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
                text("setup.note.authelia.secret"),
                text("setup.note.authelia.logout"));
    }

    private static Registration keycloak(Addresses ours) {
        return form(
                "Clients > Create client, OpenID Connect",
                List.of(
                        entry("Client ID", "vestibule"),
                        entry("Client authentication", text("setup.value.keycloak.authentication")),
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
                        entry("Allowed user groups", text("setup.value.groups-allowed"))),
                text("setup.note.no-logout-field"));
    }

    private static Registration google(Addresses ours) {
        return form(
                "Google Auth Platform > Clients > Create client, web application",
                List.of(
                        entry("Authorized redirect URIs", ours.callback()),
                        entry("Audience", text("setup.value.google.audience"))),
                noLogout(SetupPreset.GOOGLE));
    }

    private static Registration entra(Addresses ours) {
        return form(
                "App registrations > New registration, accounts in this organizational directory"
                        + " only",
                List.of(
                        entry("Redirect URI, web", ours.callback()),
                        second("Redirect URI, web", ours.signOut()),
                        entry(
                                "Token configuration > Add groups claim",
                                text("setup.value.entra.groups")),
                        entry("Token configuration > Add optional claim", "ID token: auth_time"),
                        entry("Certificates & secrets", text("setup.value.entra.secret"))),
                text("setup.note.entra"));
    }

    private static Registration zitadel(Addresses ours) {
        return form(
                text("setup.where.zitadel"),
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
                text("setup.where.kanidm"),
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
                text("setup.note.kanidm"),
                noLogout(SetupPreset.KANIDM));
    }

    private static Registration okta(Addresses ours) {
        return form(
                "Applications > Create App Integration, OIDC, web application",
                List.of(
                        entry("Sign-in redirect URIs", ours.callback()),
                        entry("Sign-out redirect URIs", ours.signOut()),
                        entry("Grant type", "authorization code, refresh token"),
                        entry("Assignments", text("setup.value.groups-allowed")),
                        entry(
                                "Sign On > OpenID Connect ID Token > Groups claim",
                                text("setup.value.okta.groups"))),
                noLogout(SetupPreset.OKTA));
    }

    private static Registration auth0(Addresses ours, ProviderChoice choice) {
        return new Registration(
                verbatim("Applications > Create Application, regular web application"),
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
                List.of(text("setup.note.auth0")));
    }

    private static Registration generic(Addresses ours) {
        return form(
                text("setup.where.generic"),
                List.of(
                        new Entry(
                                text("setup.field.client-type"),
                                verbatim("confidential, authorization code, PKCE with S256")),
                        entry("Redirect URI", ours.callback()),
                        entry("Post-logout redirect URI", ours.signOut()),
                        entry(
                                "Back-channel logout URI",
                                text("setup.value.generic.logout", ours.logout())),
                        new Entry(
                                text("setup.field.signature"),
                                text("setup.value.generic.signature")),
                        entry("Claims", text("setup.value.generic.claims"))));
    }

    private static Entry entry(String field, String value) {
        return entry(field, verbatim(value));
    }

    private static Entry entry(String field, Text value) {
        return new Entry(verbatim(field), value);
    }

    private static Entry second(String field, String value) {
        return new Entry(text("setup.field.second", field), verbatim(value));
    }

    private static Text noLogout(SetupPreset preset) {
        return text("setup.note.no-logout-place", preset.product());
    }

    private static Registration form(String where, List<Entry> entries, Text... notes) {
        return form(verbatim(where), entries, notes);
    }

    private static Registration form(Text where, List<Entry> entries, Text... notes) {
        return new Registration(where, entries, List.of(), List.of(notes));
    }

    private static Registration block(Text where, String block, Text... notes) {
        return new Registration(where, List.of(), block.lines().toList(), List.of(notes));
    }

    /// Everything in lines of the terminal.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(where.in(Language.ENGLISH) + ":");
        entries.forEach(entry -> lines.add("  " + entry.line()));
        block.forEach(line -> lines.add("  " + line));
        notes.forEach(note -> lines.add(note.in(Language.ENGLISH)));
        return List.copyOf(lines);
    }
}
