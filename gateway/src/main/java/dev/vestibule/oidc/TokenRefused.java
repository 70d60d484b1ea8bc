package dev.vestibule.oidc;

/// A step of checking a token failed. Whoever runs the steps turns it into a result, so that it
/// travels no further. It has no stack trace, since hostile input may cause many.
public final class TokenRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    TokenRefused(RejectionReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public RejectionReason reason() {
        return reason;
    }

    /// What did not fit, fit for a line of the log.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
