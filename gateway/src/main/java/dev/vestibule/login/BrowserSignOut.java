package dev.vestibule.login;

import dev.vestibule.audit.EndReason;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.LiveSession;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import java.util.function.BiConsumer;

/// Signs a browser out by its own session, or its person everywhere. A cookie that opens nothing
/// any more ends nothing. Safe to share between threads.
final class BrowserSignOut {

    private final Insiders insiders;
    private final SessionProviders providers;
    private final SessionLifecycle sessionLifecycle;
    private final AccountLifecycle accountLifecycle;

    BrowserSignOut(
            Insiders insiders,
            SessionProviders providers,
            SessionLifecycle sessionLifecycle,
            AccountLifecycle accountLifecycle) {
        this.insiders = insiders;
        this.providers = providers;
        this.sessionLifecycle = sessionLifecycle;
        this.accountLifecycle = accountLifecycle;
    }

    /// @return the provider at which the person may still be signed in; see [SessionProviders]
    String endSession(Visitor visitor) {
        return end(
                visitor,
                (session, address) ->
                        sessionLifecycle.endSession(
                                session,
                                new Cause(
                                        session.account().value(), EndReason.SIGNED_OUT, address)));
    }

    /// @return as [#endSession]
    String endEverything(Visitor visitor) {
        return end(
                visitor,
                (session, address) ->
                        accountLifecycle.signOutEverywhere(
                                session.account(),
                                new Cause(
                                        session.account().value(),
                                        EndReason.SIGNED_OUT_EVERYWHERE,
                                        address)));
    }

    private String end(Visitor visitor, BiConsumer<LiveSession, String> ending) {
        return insiders.session(visitor)
                .map(
                        session -> {
                            String provider = providers.of(session);
                            ending.accept(session, visitor.address());
                            return provider;
                        })
                .orElse(SignedOutMark.NO_PROVIDER);
    }
}
