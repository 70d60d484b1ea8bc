package dev.vestibule.testhouse.openid;

/// Lies at the end of a session, in RP-initiated logout.
public enum EndSessionLie implements Lie {
    /// The browser comes back with another `state`.
    OTHER_STATE(Verdict.EITHER),
    /// The browser comes back without `state`.
    NO_STATE(Verdict.EITHER),
    /// The browser does not come back.
    NO_REDIRECT(Verdict.EITHER);

    private final Verdict verdict;

    EndSessionLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
