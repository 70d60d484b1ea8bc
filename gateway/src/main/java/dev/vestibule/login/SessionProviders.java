package dev.vestibule.login;

import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;

/// At which provider the person of a session proved who they are. Safe to share between threads.
record SessionProviders(SessionService sessions, Providers providers) {

    /// Call it before the session ends.
    ///
    /// @return the provider's id, or [SignedOutMark#NO_PROVIDER]
    String of(LiveSession session) {
        return sessions.issuerOf(session.id())
                .flatMap(providers::find)
                .map(OpenIdProvider::id)
                .orElse(SignedOutMark.NO_PROVIDER);
    }
}
