package dev.vestibule.testhouse.openid;

/// Lies about the JWKS.
public enum KeySetLie implements Lie {
    /// The right keys, and 5 MB beside them.
    HUGE(Verdict.REFUSE),
    /// The right keys, one byte at a time, ten bytes a second.
    SLOW(Verdict.REFUSE),
    /// A redirect to the same keys at another origin, [Endpoint#ELSEWHERE].
    REDIRECT(Verdict.REFUSE),
    /// A key set without keys.
    EMPTY(Verdict.REFUSE),
    /// Only the key with `use: enc` is left.
    ONLY_ENCRYPTION_KEY(Verdict.REFUSE),
    /// A page instead of keys.
    NOT_JSON(Verdict.REFUSE),
    /// 500.
    SERVER_ERROR(Verdict.REFUSE);

    private final Verdict verdict;

    KeySetLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
