package dev.vestibule.testhouse.openid;

/// The places of the provider that a request can reach; requests are counted by them.
public enum Endpoint {
    /// OpenID Connect Discovery 1.0 section 4.
    DISCOVERY("/.well-known/openid-configuration"),
    JWKS("/jwks"),
    AUTHORIZE("/authorize"),
    /// Where the person-choosing page posts to.
    CHOOSE("/choose"),
    /// Pushed authorization requests, RFC 9126.
    PAR("/par"),
    TOKEN("/token"),
    USER_INFO("/userinfo"),
    /// OpenID Connect RP-Initiated Logout 1.0.
    END_SESSION("/end-session"),
    /// A second origin that nobody should ever visit: redirects and token headers of a lying
    /// provider point there.
    ELSEWHERE(""),
    /// Any other path of the provider; it answers 404.
    UNKNOWN("");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /// The path below the issuer.
    String path() {
        return path;
    }
}
