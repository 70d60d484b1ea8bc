package dev.vestibule;

import dev.vestibule.console.ConsolePlace;
import dev.vestibule.http.Guard;
import dev.vestibule.http.Handler;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.Route.Action;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.policy.RoutePattern;
import dev.vestibule.policy.RouteTable;
import dev.vestibule.resource.ScimLimits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every path, what kind it is, and who answers. What is not here is denied.
public final class Routes {

    private static final Set<String> GET = Set.of("GET");
    private static final Set<String> GET_POST = Set.of("GET", "POST");
    private static final Set<String> POST = Set.of("POST");
    private static final Set<String> ALL =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final long NO_BODY = 0;
    private static final long FORM = 64 * 1024;

    private Routes() {}

    /// What the gateway answers itself.
    ///
    /// @param metadata both documents that tell programs how to sign in (RFC 8414, RFC 9728)
    /// @param signIn leads a browser to a provider
    /// @param signOut signs a browser out, or its person everywhere
    /// @param callback where providers send it back
    /// @param mfa takes the answer to Home Assistant's own second factor
    /// @param consent asks a person about a client, and takes the answer
    /// @param backChannelLogout takes a provider's word that somebody signed out there
    /// @param handOffLink where somebody proves who they are for an app on another screen
    /// @param handOffPage the page of that app, and the code that is typed there
    /// @param handOffState what that page's script asks
    /// @param assets style and scripts of our pages
    /// @param passkeys where people add, remove and use passkeys
    /// @param kiosk where a wall tablet shows its key
    /// @param kioskApproval where an administrator approves one
    /// @param local where people prove a login that they have in Home Assistant
    /// @param breakGlass takes the code of the console
    /// @param profile what everybody sees of themselves
    /// @param console what administrators see and do
    /// @param scim where identity systems send people; it says itself what may be asked how
    /// @param scimClients knows identity systems by their heads
    public record OwnHandlers(
            Handler authorize,
            Handler token,
            Handler revoke,
            Handler metadata,
            Handler signIn,
            Handler signOut,
            Handler callback,
            Handler mfa,
            Handler consent,
            Handler backChannelLogout,
            Handler handOffLink,
            Handler handOffPage,
            Handler handOffState,
            Handler assets,
            PasskeyHandlers passkeys,
            Handler kiosk,
            Handler kioskApproval,
            LocalHandlers local,
            Handler breakGlass,
            ProfileHandlers profile,
            ConsoleHandlers console,
            Handler scim,
            Guard scimClients) {}

    /// @param list somebody's passkeys
    /// @param one one of them
    /// @param unseen asks whether one is theirs
    /// @param creationOptions what our script asks an authenticator for, to make one
    /// @param requestOptions as above, to use one
    /// @param signIn takes what it signed
    public record PasskeyHandlers(
            Handler list,
            Handler one,
            Handler unseen,
            Handler creationOptions,
            Handler requestOptions,
            Handler signIn) {}

    /// @param signIn takes name and password of Home Assistant
    /// @param code takes the second factor that belongs to them
    /// @param link offers to keep the user that they belong to
    public record LocalHandlers(Handler signIn, Handler code, Handler link) {}

    /// @param me who somebody is, and how they sign in
    /// @param browsers where they are signed in
    /// @param apps what else acts in their name
    public record ProfileHandlers(Handler me, Handler browsers, Handler apps) {}

    /// @param start leads to the first place
    /// @param places each answers at its path, and for what lies below it
    public record ConsoleHandlers(Handler start, Map<ConsolePlace, Handler> places) {
        public ConsoleHandlers {
            places = Map.copyOf(places);
        }
    }

    /// The front end's files, from the gateway's copy.
    ///
    /// @param anybody answers what the copy's own documents name
    /// @param signedIn answers callers who were proven, with other files too
    public record ShellHandlers(Handler anybody, Handler signedIn) {}

    public static RouteTable table(OwnHandlers own, ShellHandlers shell) {
        return new RouteTable(all(own, shell));
    }

    /// The lines of the table.
    public static List<Route> all(OwnHandlers own, ShellHandlers shell) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(own(own));
        routes.addAll(passkeys(own.passkeys()));
        routes.addAll(profile(own.profile()));
        routes.addAll(console(own.console()));
        routes.addAll(shell(shell));
        routes.addAll(api());
        routes.addAll(unguessable());
        routes.addAll(closed());
        return routes;
    }

    /// Answered here, never forwarded. Our pages live under `/auth/`, because the front end's
    /// service worker caches everything else.
    private static List<Route> own(OwnHandlers own) {
        return List.of(
                own("/auth/authorize", GET, NO_BODY, own.authorize()),
                forEverybodysPages("/auth/token", own.token()),
                forEverybodysPages("/auth/revoke", own.revoke()),
                metadata("/.well-known/oauth-authorization-server", own.metadata()),
                metadata("/.well-known/oauth-protected-resource", own.metadata()),
                metadata("/.well-known/oauth-protected-resource/api/mcp", own.metadata()),
                metadata("/.well-known/oauth-protected-resource/mcp_server/**", own.metadata()),
                own("/auth/vestibule/sign-in", GET, NO_BODY, own.signIn()),
                own("/auth/vestibule/sign-in/*", GET, NO_BODY, own.signIn()),
                own("/auth/vestibule/sign-out", GET_POST, FORM, own.signOut()),
                own("/auth/vestibule/callback/*", GET, NO_BODY, own.callback()),
                own("/auth/vestibule/mfa", POST, FORM, own.mfa()),
                own("/auth/vestibule/consent", GET_POST, FORM, own.consent()),
                own("/auth/vestibule/local", POST, FORM, own.local().signIn()),
                own("/auth/vestibule/local/code", POST, FORM, own.local().code()),
                own("/auth/vestibule/local/link", GET_POST, FORM, own.local().link()),
                own("/auth/vestibule/break-glass", GET_POST, FORM, own.breakGlass()),
                own("/auth/vestibule/back-channel-logout/*", POST, FORM, own.backChannelLogout()),
                own("/auth/vestibule/kiosk", GET_POST, FORM, own.kiosk()),
                own("/auth/vestibule/kiosk/approve", GET_POST, FORM, own.kioskApproval()),
                own("/auth/app/*", GET, NO_BODY, own.handOffLink()),
                own("/auth/vestibule/hand-off", GET_POST, FORM, own.handOffPage()),
                own("/auth/vestibule/hand-off/state", GET, NO_BODY, own.handOffState()),
                own("/auth/vestibule/assets/*", GET, NO_BODY, own.assets()),
                new Route(
                        RoutePattern.of("/scim/v2/**"),
                        ALL,
                        RouteClass.OWN,
                        ScimLimits.BODY_BYTES_MAX,
                        false,
                        new Action.AnswerKnown(own.scimClients(), own.scim())));
    }

    private static List<Route> passkeys(PasskeyHandlers own) {
        return List.of(
                own("/auth/vestibule/passkeys", GET_POST, FORM, own.list()),
                own("/auth/vestibule/passkeys/*", GET_POST, FORM, own.one()),
                own("/auth/vestibule/passkey/new", GET_POST, FORM, own.unseen()),
                own(
                        "/auth/vestibule/passkey/creation-options",
                        POST,
                        NO_BODY,
                        own.creationOptions()),
                own("/auth/vestibule/passkey/request-options", POST, NO_BODY, own.requestOptions()),
                own("/auth/vestibule/passkey/sign-in", POST, FORM, own.signIn()));
    }

    private static List<Route> profile(ProfileHandlers own) {
        return List.of(
                own("/auth/vestibule/profile", GET, NO_BODY, own.me()),
                own("/auth/vestibule/profile/browsers", GET_POST, FORM, own.browsers()),
                own("/auth/vestibule/profile/apps", GET_POST, FORM, own.apps()));
    }

    /// [ConsolePlace] has the paths.
    private static List<Route> console(ConsoleHandlers own) {
        List<Route> routes = new ArrayList<>();
        routes.add(own("/auth/vestibule/console", GET, NO_BODY, own.start()));
        own.places()
                .forEach(
                        (place, handler) -> {
                            routes.add(own(place.path(), GET_POST, FORM, handler));
                            routes.add(own(place.path() + "/*", GET_POST, FORM, handler));
                        });
        return routes;
    }

    /// The front end's files and pages. `shell: open` passes on those that Home Assistant itself
    /// gives to everybody, and no panel's name besides: an integration may listen anywhere.
    private static List<Route> shell(ShellHandlers shell) {
        List<Route> routes = new ArrayList<>();
        for (String path :
                List.of(
                        "/",
                        "/manifest.json",
                        "/service_worker.js",
                        "/robots.txt",
                        "/sw-modern.js",
                        "/sw-modern.js.map",
                        "/sw-legacy.js",
                        "/sw-legacy.js.map",
                        "/static/**",
                        "/frontend_latest/**",
                        "/frontend_es5/**")) {
            routes.add(shell(path, shell, true));
        }
        routes.add(shell("/**", shell, false));
        return routes;
    }

    private static List<Route> api() {
        return List.of(
                forward("/api/**", ALL, RouteClass.TOKEN),
                forward("/media/**", GET, RouteClass.TOKEN),
                route("/api/websocket", GET, RouteClass.SOCKET, new Action.Socket()),
                new Route(
                        RoutePattern.of("/api/mobile_app/registrations"),
                        POST,
                        RouteClass.TOKEN,
                        Long.MAX_VALUE,
                        false,
                        new Action.ForwardRegistration()),
                forward("/api/google_assistant", POST, RouteClass.VOICE),
                forward("/api/alexa/smart_home", POST, RouteClass.VOICE),
                forward("/api/mcp", ALL, RouteClass.VOICE),
                forward("/mcp_server/**", ALL, RouteClass.VOICE),
                forward("/auth/external/callback", GET, RouteClass.SESSION),
                forward("/local/**", GET, RouteClass.PUBLIC_FILES),
                forward("/hacsfiles/**", GET, RouteClass.PUBLIC_FILES),
                forward("/api/hassio_ingress/**", ALL, RouteClass.INGRESS));
    }

    /// Addresses that Home Assistant opens to whoever knows an id or a token in them, and the
    /// pictures of the Supervisor's pages, which it opens to everybody.
    private static List<Route> unguessable() {
        List<Route> routes = new ArrayList<>();
        for (String path :
                List.of(
                        "/api/camera_proxy/*",
                        "/api/camera_proxy_stream/*",
                        "/api/image_proxy/*",
                        "/api/image_proxy_stream/*",
                        "/api/media_player_proxy/**",
                        "/api/hls/**",
                        "/api/tts_proxy/*",
                        "/api/image/serve/*/*",
                        "/api/brands/**",
                        "/api/esphome/ffmpeg_proxy/*/*",
                        "/api/assist_satellite/connection_test/*",
                        "/api/hassio/app/**",
                        "/api/hassio/addons/*/icon",
                        "/api/hassio/addons/*/logo")) {
            routes.add(forward(path, GET, RouteClass.CAPABILITY));
        }
        routes.add(
                new Route(
                        RoutePattern.of("/api/webhook/*"),
                        Set.of("GET", "HEAD", "POST", "PUT"),
                        RouteClass.WEBHOOK,
                        Long.MAX_VALUE,
                        true,
                        new Action.Forward()));
        return routes;
    }

    /// Home Assistant's own sign-in and set-up: hiding a form would not disable it.
    private static List<Route> closed() {
        return Arrays.asList(
                deny("/auth/**"),
                deny("/api/webhook/**"),
                deny("/api/onboarding/**"),
                deny("/onboarding.html"));
    }

    private static Route own(String path, Set<String> methods, long bodyMax, Handler handler) {
        return new Route(
                RoutePattern.of(path),
                methods,
                RouteClass.OWN,
                bodyMax,
                false,
                new Action.Answer(handler));
    }

    /// Programs that run in a page of another site read it too; nothing of it is a secret.
    private static Route metadata(String path, Handler handler) {
        return new Route(
                RoutePattern.of(path),
                GET,
                RouteClass.OWN,
                NO_BODY,
                true,
                new Action.Answer(handler));
    }

    private static Route forEverybodysPages(String path, Handler handler) {
        return new Route(
                RoutePattern.of(path),
                POST,
                RouteClass.ENDPOINT,
                FORM,
                true,
                new Action.Answer(handler));
    }

    private static Route shell(String path, ShellHandlers shell, boolean mayPass) {
        return route(
                path,
                GET,
                RouteClass.SHELL,
                new Action.AnswerFromCopy(shell.anybody(), shell.signedIn(), mayPass));
    }

    private static Route forward(String path, Set<String> methods, RouteClass kind) {
        return new Route(
                RoutePattern.of(path), methods, kind, Long.MAX_VALUE, false, new Action.Forward());
    }

    private static Route deny(String path) {
        return route(path, ALL, RouteClass.CLOSED, new Action.Deny());
    }

    private static Route route(String path, Set<String> methods, RouteClass kind, Action action) {
        return new Route(RoutePattern.of(path), methods, kind, NO_BODY, false, action);
    }
}
