package dev.vestibule.oidc;

/// A step of checking a token failed. It never leaves this room: whoever runs the steps turns it
/// into a result. It has no stack trace, since hostile input may cause many.
final class TokenRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    TokenRefused(RejectionReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    RejectionReason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
