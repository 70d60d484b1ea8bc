package dev.vestibule.audit;

import java.util.Locale;

/// Why nobody came in. The codes are part of the log's format; every one has a sentence in every
/// language.
public enum RefusalReason implements Reason {
    SUSPENDED,
    /// The provider vouches for them no longer.
    LAPSED,
    /// Switched off in Home Assistant.
    INACTIVE_AT_HOME,
    NO_ROLE,
    /// Their provider lets in only whom its identity system has sent.
    NOT_SENT_BY_SCIM,
    NO_SUCH_ACCOUNT,
    UNKNOWN_CLIENT,
    NO_CLIENT_DOCUMENT,
    /// Nobody waits any more for what the provider's answer is about.
    STALE_CALLBACK,
    WRONG_PASSWORD,
    /// Of a second factor.
    WRONG_CODE,
    TOO_MANY_TRIES,
    TOO_MANY_CODES,
    /// Whoever has that user of Home Assistant is not theirs to become.
    NOT_TO_BE_LINKED,
    HAND_OFF_WRONG_CODE,
    /// Somebody else has confirmed it before.
    HAND_OFF_TAKEN,
    HAND_OFF_ENDED_MEANWHILE,
    BREAK_GLASS_WRONG_CODE,
    BREAK_GLASS_NOT_FROM_THERE,
    KIOSK_PROOF_INVALID,
    /// What somebody proved themselves with was removed, or switched off, before they came in.
    PROOF_GONE;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
