package dev.vestibule.testhouse.openid;

/// Lies of the UserInfo endpoint.
public enum UserInfoLie implements Lie {
    /// `sub` is somebody else, OpenID Connect Core 5.3.2.
    OTHER_SUBJECT(Verdict.REFUSE),
    /// There is no `sub`.
    MISSING_SUBJECT(Verdict.REFUSE),
    /// Name, e-mail and groups differ from the ID token, and one group is `admins`.
    CONFLICTING_CLAIMS(Verdict.EITHER),
    /// A page instead of claims.
    NOT_JSON(Verdict.REFUSE),
    /// The right claims, 5 MB long.
    HUGE(Verdict.REFUSE),
    /// The right claims, one byte at a time, ten bytes a second.
    SLOW(Verdict.REFUSE),
    /// 500.
    SERVER_ERROR(Verdict.REFUSE),
    /// 307 to [Endpoint#ELSEWHERE]: who follows gives away the access token.
    REDIRECT(Verdict.REFUSE);

    private final Verdict verdict;

    UserInfoLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
