package dev.vestibule.testhouse.openid;

/// What can be wrong, or merely odd, about a back-channel logout token.
public enum LogoutLie {
    /// `alg` is `none` and there is no signature.
    ALG_NONE(false),
    /// HS256, keyed with the client secret.
    HS256_WITH_CLIENT_SECRET(false),
    /// One bit of the signature is flipped.
    CORRUPTED_SIGNATURE(false),
    /// Signed with a key that is not in the JWKS.
    UNKNOWN_KID(false),
    /// `aud` is another client.
    WRONG_AUDIENCE(false),
    /// `iss` is another provider.
    WRONG_ISSUER(false),
    /// There is no `events`.
    NO_EVENTS(false),
    /// `events` names another event.
    OTHER_EVENT(false),
    /// The value of the event is not an object.
    EVENT_NOT_AN_OBJECT(false),
    /// There is a `nonce`, which is forbidden.
    WITH_NONCE(false),
    /// Neither `sub` nor `sid`.
    NOBODY(false),
    /// There is no `jti`.
    NO_TOKEN_ID(false),
    /// There is no `iat`.
    NO_ISSUED_AT(false),
    /// Made a day ago, expired since.
    EXPIRED(false),
    /// An ID token of the person, sent as logout token.
    ID_TOKEN(false),
    /// The same good token, sent twice; the second answer counts.
    REPLAYED(false),
    /// Nothing is in the form.
    NO_TOKEN(false),
    /// The right token with white space in its JSON, as Keycloak writes it. No lie at all.
    WHITE_SPACE_IN_HEADER(true),
    /// The right token without `typ`, as older providers send it. No lie at all.
    NO_TYPE(true);

    private final boolean acceptable;

    LogoutLie(boolean acceptable) {
        this.acceptable = acceptable;
    }

    /// Whether a correct relying party answers 200 all the same; otherwise it answers 400.
    public boolean isAcceptable() {
        return acceptable;
    }
}
