package dev.vestibule.oidc;

/// The kinds of signed tokens that a provider sends us. They are kept apart by their `typ` where
/// they carry one, so that one is never taken for the other (RFC 8725 section 3.11).
enum TokenKind {
    ID_TOKEN,
    LOGOUT_TOKEN,
    /// What a proxy in front says about the person of one request.
    ASSERTION;

    /// @param typ in lower case, without `application/`
    boolean allows(String typ) {
        return switch (this) {
            case ID_TOKEN, ASSERTION -> typ.equals("jwt");
            case LOGOUT_TOKEN -> typ.equals("jwt") || typ.equals("logout+jwt");
        };
    }
}
