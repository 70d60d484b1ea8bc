package dev.vestibule.testhouse.openid;

import dev.vestibule.testhouse.openid.Tickets.Spending;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/// Ends a sign-in: the browser gets its session, the client its code.
final class SignIn {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

    /// What a code stands for.
    ///
    /// @param challenge of PKCE, empty when the request had none
    record IssuedCode(Grant grant, URI redirectUri, String challenge) {}

    private final People people;
    private final ProviderSessions sessions;
    private final Callback callback;
    private final Tickets<IssuedCode> codes;

    SignIn(InstantSource time, People people, ProviderSessions sessions, Callback callback) {
        this.people = people;
        this.sessions = sessions;
        this.callback = callback;
        this.codes = new Tickets<>(time, CODE_LIFETIME);
    }

    /// Begins a session for somebody who has just authenticated.
    Answer asNewcomer(AuthorizationRequest request, String subject) {
        if (people.findActive(subject).isEmpty()) {
            return callback.error(request, "access_denied", "this person may not sign in");
        }
        ProviderSessions.Begun begun = sessions.begin(subject);
        return within(request, begun.session()).with("Set-Cookie", begun.setCookie());
    }

    /// Goes on with a session that is there.
    Answer within(AuthorizationRequest request, ProviderSession session) {
        var grant =
                new Grant(
                        Unguessable.text(),
                        request.client().clientId(),
                        session.subject(),
                        request.scope(),
                        request.parameter("nonce").orElse(""),
                        session.authTime(),
                        request.acr(),
                        session.sid());
        var code =
                new IssuedCode(
                        grant,
                        request.redirectUri(),
                        request.parameter("code_challenge").orElse(""));
        return callback.code(request, codes.issue(code));
    }

    /// RFC 6749 section 4.1.2: a code works once.
    Spending<IssuedCode> redeem(String code) {
        return codes.spend(code);
    }

    void forget(String subject) {
        codes.removeIf(code -> code.grant().subject().equals(subject));
    }
}
