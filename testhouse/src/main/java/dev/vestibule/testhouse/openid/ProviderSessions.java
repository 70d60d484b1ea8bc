package dev.vestibule.testhouse.openid;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The provider's own sessions: whoever has one signs in at the next client without a prompt.
final class ProviderSessions {

    private static final Duration LIFETIME = Duration.ofHours(10);

    /// A session that was just begun, and the header that gives it to the browser.
    record Begun(ProviderSession session, String setCookie) {}

    private final InstantSource time;
    private final String cookieName;
    private final Tickets<ProviderSession> sessions;

    /// @param port makes the cookie's name unique, since browsers share cookies between ports
    ProviderSessions(InstantSource time, int port) {
        this.time = time;
        this.cookieName = "openid_provider_" + port;
        this.sessions = new Tickets<>(time, LIFETIME);
    }

    Begun begin(String subject) {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        var session = new ProviderSession(Unguessable.text(), subject, now);
        String cookie =
                cookieName + "=" + sessions.issue(session) + "; Path=/; HttpOnly; SameSite=Lax";
        return new Begun(session, cookie);
    }

    Optional<ProviderSession> find(ProviderRequest request) {
        return request.cookie(cookieName).flatMap(sessions::find);
    }

    void end(ProviderSession session) {
        sessions.removeIf(session::equals);
    }

    void endAllOf(String subject) {
        sessions.removeIf(session -> session.subject().equals(subject));
    }

    /// The `sid` of every live session of a person, oldest first.
    List<String> sids(String subject) {
        return sessions.live().stream()
                .filter(session -> session.subject().equals(subject))
                .map(ProviderSession::sid)
                .toList();
    }
}
