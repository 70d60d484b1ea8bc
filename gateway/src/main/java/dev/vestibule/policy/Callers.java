package dev.vestibule.policy;

import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.TokenIdLookup;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.DatabaseUnavailable;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds out who a request is, credential by credential. Safe to share between threads.
public final class Callers {

    private final InstantSource time;
    private final SessionService sessions;
    private final GrantService grants;
    private final TokenJudge tokens;
    private final BrowserIds browsers;

    public Callers(
            InstantSource time,
            SessionService sessions,
            GrantService grants,
            TokenJudge tokens,
            BrowserIds browsers) {
        this.time = time;
        this.sessions = sessions;
        this.grants = grants;
        this.tokens = tokens;
        this.browsers = browsers;
    }

    /// How far a look-up may go.
    enum Patience {
        /// What is in memory.
        NONE,
        /// As far as the database and Home Assistant, and what is found counts as used.
        WAITS,
        /// As far as the database, and nothing counts as used.
        LOOKS
    }

    /// What a credential says.
    sealed interface Finding {

        record Known(Caller caller) implements Finding {}

        /// No such credential was sent, or it says nothing.
        record Nobody() implements Finding {}

        /// It is proven dead.
        record Dead() implements Finding {}

        /// A signature for somebody who is none of ours, such as Home Assistant's own user for
        /// media.
        record Stranger() implements Finding {}

        /// It cannot be judged now.
        record Unjudgeable() implements Finding {}

        /// It cannot be judged without waiting.
        record MustAsk() implements Finding {}
    }

    /// Judges the access token.
    Finding byToken(AccessRequest request, Patience patience) {
        return switch (request.credentials().authorization()) {
            case ABSENT -> new Finding.Nobody();
            case OTHER -> new Finding.Dead();
            case BEARER ->
                    grants.recognise(request.home(), request.credentials().bearer())
                            .map(Callers::bearer)
                            .orElseGet(
                                    () ->
                                            waiting(
                                                    patience,
                                                    () -> askAboutToken(request, patience)));
        };
    }

    private static Finding bearer(LiveGrant grant) {
        return new Finding.Known(new Caller.Bearer(grant));
    }

    void tokenRefused(String accessToken) {
        grants.doubt(accessToken);
    }

    private Finding askAboutToken(AccessRequest request, Patience patience) {
        HomeId home = request.home();
        String token = request.credentials().bearer();
        return patience == Patience.LOOKS
                ? tokens.foresee(home, token).map(Callers::said).orElseGet(Finding.MustAsk::new)
                : said(tokens.judge(home, token, request.client()));
    }

    private static Finding said(TokenJudgement judgement) {
        return switch (judgement) {
            case TokenJudgement.Live(var grant) -> bearer(grant);
            case TokenJudgement.Dead() -> new Finding.Dead();
            case TokenJudgement.Unjudgeable _ -> new Finding.Unjudgeable();
        };
    }

    /// Judges the `authSig` of a GET or HEAD.
    Finding bySignature(AccessRequest request, Patience patience) {
        String signature = request.credentials().signature();
        if (signature.isEmpty() || !request.isRead()) {
            return new Finding.Nobody();
        }
        Optional<SignedPath> signed =
                SignedPath.read(signature)
                        .filter(path -> path.fits(request.target(), time.instant()));
        return signed.isEmpty()
                ? new Finding.Dead()
                : waiting(patience, () -> askAboutIssuer(request, signed.get().issuer()));
    }

    private Finding askAboutIssuer(AccessRequest request, String issuer) {
        return switch (grants.lookUpTokenId(request.home(), issuer)) {
            case TokenIdLookup.Live(var grant) ->
                    new Finding.Known(new Caller.SignedAddress(grant));
            case TokenIdLookup.Waiting(), TokenIdLookup.Ended() -> new Finding.Dead();
            case TokenIdLookup.Unknown() -> new Finding.Stranger();
        };
    }

    /// Judges the cookies: the session's, or the one of a view whose websocket was authenticated.
    Finding byCookies(AccessRequest request, Patience patience) {
        Credentials credentials = request.credentials();
        if (!credentials.browserId().isEmpty()) {
            Optional<LiveGrant> grant =
                    browsers.find(request.home(), new BrowserId(credentials.browserId()));
            if (grant.isPresent()) {
                return new Finding.Known(new Caller.View(grant.get()));
            }
        }
        String cookie = credentials.sessionCookie();
        if (cookie.isEmpty()) {
            return new Finding.Nobody();
        }
        return sessions.findCached(request.home(), cookie)
                .map(Callers::browser)
                .orElseGet(() -> waiting(patience, () -> askAboutSession(request, patience)));
    }

    private Finding askAboutSession(AccessRequest request, Patience patience) {
        String cookie = request.credentials().sessionCookie();
        return (patience == Patience.LOOKS
                        ? sessions.peek(request.home(), cookie)
                        : sessions.find(request.home(), cookie))
                .map(Callers::browser)
                .orElseGet(Finding.Nobody::new);
    }

    private static Finding browser(LiveSession session) {
        return new Finding.Known(new Caller.Browser(session));
    }

    /// A database that is away leaves everything open that it would have said, so nothing is
    /// proven.
    private static Finding waiting(Patience patience, Supplier<Finding> question) {
        if (patience == Patience.NONE) {
            return new Finding.MustAsk();
        }
        try {
            return question.get();
        } catch (DatabaseUnavailable away) {
            return new Finding.Unjudgeable();
        }
    }
}
