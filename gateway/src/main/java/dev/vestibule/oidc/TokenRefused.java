package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.foreign.ForeignText;

/// A step of checking a token failed. Whoever runs the steps turns it into a result, so that it
/// travels no further. It has no stack trace, since hostile input may cause many.
public final class TokenRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final String missing;

    TokenRefused(RejectionReason reason, String detail) {
        this(reason, detail, "");
    }

    private TokenRefused(RejectionReason reason, String detail, String missing) {
        super(detail, null, false, false);
        this.reason = reason;
        this.missing = missing;
    }

    /// A claim is not what it must be.
    ///
    /// @param more behind what it is, such as the time of our clock; the empty text for nothing
    static TokenRefused claim(RejectionReason reason, String name, ObjectNode claims, String more) {
        return claims.has(name)
                ? new TokenRefused(
                        reason,
                        name + " is " + ForeignText.excerpt(claims.path(name).toString()) + more)
                : new TokenRefused(reason, name + " is missing", name);
    }

    /// The claim that is not there at all; the empty text where what is there does not fit.
    public String missing() {
        return missing;
    }

    public RejectionReason reason() {
        return reason;
    }

    /// What did not fit, fit for a line of the log.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
