package dev.vestibule.policy;

/// What becomes of a request. The same for HTTP and websocket.
public sealed interface AccessDecision {

    /// It may go where its route leads.
    ///
    /// @param caller as whom; what it opens is cut with this caller's connections
    record Allow(Caller caller) implements AccessDecision {}

    /// It goes to Home Assistant although the gateway holds a copy: the operator opened the shell.
    record AllowStraight() implements AccessDecision {}

    /// A person's browser that must sign in before.
    record SignInFirst() implements AccessDecision {}

    /// It may not.
    record Refuse(Refusal refusal) implements AccessDecision {}

    /// It cannot be decided without waiting; ask again with [AccessPolicy#judge].
    record MustAsk() implements AccessDecision {}

    /// Why not, and so how it is said.
    enum Refusal {
        /// 401: no credential, or one that is proven dead.
        UNAUTHENTICATED,
        /// 403: whoever it is, this is not for them. Never 404 for a webhook: on 404, 410 or an
        /// empty 200 the phone apps register anew.
        FORBIDDEN,
        /// 503: the credential cannot be judged now. Never 401: clients drop their tokens on it.
        UNJUDGEABLE
    }
}
