package dev.vestibule.visit;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Cookies;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Request;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.Presence;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionCookie;
import dev.vestibule.session.SessionService;

import java.net.InetAddress;
import java.util.Optional;

/// Who is at the door: a browser, from an address, at one of a home's origins.
///
/// @param certificate what the client proved to have
/// @param peer the other end of the connection: a proxy, or the client itself
/// @param reference the id of the request, which pages show and the log carries
public record Visitor(
        HomeId home,
        Origin origin,
        ClientAddress client,
        ClientCertificate certificate,
        InetAddress peer,
        Headers headers,
        String reference) {

    public static Visitor of(Request request) {
        return new Visitor(
                request.home(),
                request.origin(),
                request.client(),
                request.certificate(),
                request.peer(),
                request.headers(),
                request.id());
    }

    /// The address as the audit log has it.
    public String address() {
        return client.toString();
    }

    /// From where, and with which device.
    public Presence presence() {
        return new Presence(client, certificate);
    }

    public String userAgent() {
        return headers.all("user-agent").stream().findFirst().orElse("");
    }

    public boolean isSecure() {
        return origin.isSecure();
    }

    /// Ask [Insiders#session], which knows where a session may be used.
    Optional<LiveSession> session(SessionService sessions) {
        return cookie().flatMap(cookie -> sessions.find(home, cookie));
    }

    /// As [#session], and the session is not used by it.
    Optional<LiveSession> peek(SessionService sessions) {
        return cookie().flatMap(cookie -> sessions.peek(home, cookie));
    }

    private Optional<String> cookie() {
        return Cookies.find(headers, SessionCookie.name(isSecure()));
    }

    /// Whether a part of a page looks for news by itself, and nobody did anything (htmx). That is
    /// what the browser says: believe it only of a page that does.
    public boolean isPageItself() {
        return !headers.all("hx-request").isEmpty();
    }
}
