package dev.vestibule.testhouse.openid;

/// Lies in the claims of ID tokens; the signature over them is right.
public enum ClaimLie implements Lie {
    /// `iss` is another provider.
    WRONG_ISSUER(Verdict.REFUSE),
    /// `iss` has one slash more at its end than the issuer.
    ISSUER_WITH_SLASH(Verdict.REFUSE),
    /// There is no `sub`.
    MISSING_SUBJECT(Verdict.REFUSE),
    /// `sub` stands in the JSON twice, with two values: parsers differ in which one wins.
    SUBJECT_TWICE(Verdict.REFUSE),
    /// `aud` is another client.
    WRONG_AUDIENCE(Verdict.REFUSE),
    /// `aud` only begins with the client id.
    AUDIENCE_LONGER(Verdict.REFUSE),
    /// `aud` is the client id in other letters, upper for lower.
    AUDIENCE_OTHER_CASE(Verdict.REFUSE),
    /// There is no `aud`.
    MISSING_AUDIENCE(Verdict.REFUSE),
    /// `aud` names the client and a stranger, and nobody is the authorized party.
    FOREIGN_AUDIENCES_WITHOUT_AZP(Verdict.REFUSE),
    /// `aud` names the client and a stranger, and the stranger is the authorized party.
    FOREIGN_AUDIENCES_WRONG_AZP(Verdict.REFUSE),
    /// There is no `iat`.
    MISSING_ISSUED_AT(Verdict.REFUSE),
    /// `iat` is an hour ahead.
    ISSUED_IN_FUTURE(Verdict.REFUSE),
    /// There is no `exp`.
    MISSING_EXPIRY(Verdict.REFUSE),
    /// `exp` passed ten minutes ago, `iat` an hour ago.
    EXPIRED(Verdict.REFUSE),
    /// `exp` is the text `NaN`.
    EXPIRY_NAN(Verdict.REFUSE),
    /// `exp` is a good number, but as text.
    EXPIRY_TEXT(Verdict.REFUSE),
    /// `exp` is `1e400`, which no double holds.
    EXPIRY_OVERFLOW(Verdict.REFUSE),
    /// `exp` is in the year 9999.
    EXPIRY_FAR_FUTURE(Verdict.REFUSE),
    /// `nbf` is ten minutes ahead: more than any honest clock skew.
    NOT_BEFORE_IN_FUTURE(Verdict.REFUSE),
    /// `nonce` is not the one of the request.
    WRONG_NONCE(Verdict.REFUSE),
    /// There is no `nonce` although the request had one.
    MISSING_NONCE(Verdict.REFUSE),
    /// `at_hash` belongs to another access token.
    WRONG_ACCESS_TOKEN_HASH(Verdict.REFUSE),
    /// `acr` is `0`, whatever was asked for. To be refused when the request asked for more.
    WEAKER_ACR(Verdict.EITHER),
    /// There is no `acr`. To be refused when the request asked for one.
    MISSING_ACR(Verdict.EITHER),
    /// `auth_time` is thirty days ago. To be refused when the request had `max_age` or
    /// `prompt=login`.
    STALE_AUTH_TIME(Verdict.EITHER),
    /// `auth_time` is two hours ahead. To be refused when the request had `max_age` or
    /// `prompt=login`.
    FUTURE_AUTH_TIME(Verdict.EITHER),
    /// There is no `auth_time`. To be refused when the request had `max_age`.
    MISSING_AUTH_TIME(Verdict.EITHER);

    private final Verdict verdict;

    ClaimLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
