package dev.vestibule.testhouse.openid;

/// Lies in the authorization response that the browser carries back.
public enum CallbackLie implements Lie {
    /// No `iss`, though discovery promises it (RFC 9207 section 2.4).
    MISSING_ISSUER(Verdict.REFUSE),
    /// `iss` is another provider.
    WRONG_ISSUER(Verdict.REFUSE),
    /// `state` is not the one of the request.
    STATE_ALTERED(Verdict.REFUSE),
    /// There is no `state`.
    STATE_MISSING(Verdict.REFUSE),
    /// `error=access_denied`, with markup in the description and an error address that is a script.
    ERROR_WITH_SCRIPT(Verdict.REFUSE),
    /// A good code, and an error beside it.
    CODE_AND_ERROR(Verdict.REFUSE),
    /// `code` comes twice: a foreign one first, the good one second.
    CODE_TWICE(Verdict.REFUSE),
    /// `state` comes twice: the good one first.
    STATE_TWICE(Verdict.REFUSE),
    /// Neither code nor error.
    NO_CODE(Verdict.REFUSE),
    /// A code that this provider never issued.
    FOREIGN_CODE(Verdict.REFUSE),
    /// The parameters are behind `#`, where a server never sees them.
    FRAGMENT(Verdict.REFUSE),
    /// A form post where the query was asked for, and the other way round.
    OTHER_RESPONSE_MODE(Verdict.EITHER);

    private final Verdict verdict;

    CallbackLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
