package dev.vestibule.testhouse.openid;

/// Lies about the discovery document.
public enum DiscoveryLie implements Lie {
    /// `issuer` is another provider.
    OTHER_ISSUER(Verdict.REFUSE),
    /// `issuer` has one slash more at its end.
    ISSUER_WITH_SLASH(Verdict.REFUSE),
    /// There is no `issuer`.
    MISSING_ISSUER(Verdict.REFUSE),
    /// The document is right, and 5 MB long.
    HUGE(Verdict.REFUSE),
    /// The document is right, and compressed from 64 MB, though nobody asked for compression.
    GZIP_BOMB(Verdict.REFUSE),
    /// The document is right, and comes one byte at a time, ten bytes a second.
    SLOW(Verdict.REFUSE),
    /// A redirect to the same document at another origin, [Endpoint#ELSEWHERE].
    REDIRECT(Verdict.REFUSE),
    /// A page instead of a document.
    HTML(Verdict.REFUSE),
    /// 404.
    NOT_FOUND(Verdict.REFUSE),
    /// 500.
    SERVER_ERROR(Verdict.REFUSE),
    /// Token endpoint and JWKS are `file:` addresses.
    FILE_ENDPOINTS(Verdict.REFUSE),
    /// Token endpoint and JWKS are at a link-local address where clouds serve their secrets.
    CLOUD_METADATA_ENDPOINTS(Verdict.REFUSE),
    /// `jwks_uri` stands in the JSON twice; the second one points to [Endpoint#ELSEWHERE].
    KEYS_TWICE(Verdict.EITHER);

    private final Verdict verdict;

    DiscoveryLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
