package dev.vestibule.oidc;

import dev.vestibule.http.Language;
import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

/// What of somebody's claims does not count, and why.
///
/// @param claim its path, as the configuration has it
/// @param number how many, or how many at most; 0 where that says nothing
public record ClaimRemark(Kind kind, String claim, int number) {

    public enum Kind {
        /// The number is how long it may be.
        NOT_A_TEXT,
        NO_HTTPS,
        NO_LIST,
        /// The number is how many there may be.
        TOO_MANY,
        /// The number is how many were ignored.
        IGNORED,
        /// By the provider.
        LEFT_OUT
    }

    ClaimRemark(Kind kind, String claim) {
        this(kind, claim, 0);
    }

    public Text text() {
        return switch (kind) {
            case NOT_A_TEXT -> said("claim.remark.not-a-text");
            case NO_HTTPS -> said("claim.remark.no-https");
            case NO_LIST -> said("claim.remark.no-list");
            case TOO_MANY -> said("claim.remark.too-many");
            case IGNORED -> said("claim.remark.ignored");
            case LEFT_OUT -> said("claim.remark.left-out");
        };
    }

    private Text said(String key) {
        return Messages.text(key, claim, Integer.toString(number));
    }

    /// For the log and the terminal.
    @Override
    public String toString() {
        return text().in(Language.ENGLISH);
    }
}
