package dev.vestibule.grant;

/// What is known about an access token.
public sealed interface TokenJudgement {

    /// It belongs to a grant that is live.
    record Live(LiveGrant grant) implements TokenJudgement {}

    /// Proven dead: 401, `auth_invalid`.
    record Dead() implements TokenJudgement {}

    /// It cannot be judged now: 503, close code 1013. Never 401: clients drop tokens on it.
    record Unjudgeable(String why) implements TokenJudgement {}
}
