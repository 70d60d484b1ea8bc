package dev.vestibule.oidc;

/// The kinds of signed tokens that a provider sends us. They are kept apart by their `typ` where
/// they carry one, so that one is never taken for the other (RFC 8725 section 3.11).
enum TokenKind {
    ID_TOKEN,
    LOGOUT_TOKEN;

    /// @param typ in lower case, without `application/`
    boolean allows(String typ) {
        return switch (this) {
            case ID_TOKEN -> typ.equals("jwt");
            case LOGOUT_TOKEN -> typ.equals("jwt") || typ.equals("logout+jwt");
        };
    }
}
