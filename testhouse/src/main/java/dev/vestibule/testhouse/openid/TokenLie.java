package dev.vestibule.testhouse.openid;

/// Lies of the token endpoint.
public enum TokenLie implements Lie {
    /// A code works any number of times; nobody sees it who uses codes once.
    CODE_REPLAY_ALLOWED(Verdict.ACCEPT),
    /// The code verifier is not looked at; nobody sees it who sends the right one.
    PKCE_IGNORED(Verdict.ACCEPT),
    /// 500 with a page.
    SERVER_ERROR(Verdict.REFUSE),
    /// 200 with a page.
    HTML(Verdict.REFUSE),
    /// The right answer, 5 MB long.
    HUGE(Verdict.REFUSE),
    /// The right answer, one byte at a time, ten bytes a second.
    SLOW(Verdict.REFUSE),
    /// The right answer, said to be `text/plain`.
    WRONG_CONTENT_TYPE(Verdict.EITHER),
    /// `token_type` is `mac`.
    OTHER_TOKEN_TYPE(Verdict.REFUSE),
    /// There is no ID token.
    NO_ID_TOKEN(Verdict.REFUSE),
    /// `id_token` is a number.
    ID_TOKEN_NOT_TEXT(Verdict.REFUSE),
    /// 307 to [Endpoint#ELSEWHERE]: who follows gives away the code and the client's credential.
    REDIRECT(Verdict.REFUSE),
    /// The ID token of a refresh answer has another `iss`. Sign-in itself is honest.
    REFRESH_OTHER_ISSUER(Verdict.REFUSE),
    /// The ID token of a refresh answer has another `sub`. Sign-in itself is honest.
    REFRESH_OTHER_SUBJECT(Verdict.REFUSE),
    /// The ID token of a refresh answer has another `aud`. Sign-in itself is honest.
    REFRESH_OTHER_AUDIENCE(Verdict.REFUSE);

    private final Verdict verdict;

    TokenLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
