package dev.vestibule.passkey;

import dev.vestibule.audit.Reason;

import java.util.Locale;

/// Why a passkey was not accepted. The names are in the audit log.
enum Refusal implements Reason {
    /// No answer of an authenticator, or beyond its limits.
    UNREADABLE,
    /// The challenge is unknown, used, too old, another browser's, or was given for something else.
    CHALLENGE,
    /// Signed for enrolling instead of signing in, or the other way round.
    TYPE,
    /// The browser's page was somewhere else.
    ORIGIN,
    /// The page was in a frame of another site.
    CROSS_ORIGIN,
    /// Signed for another host.
    RP_ID,
    /// Nobody touched the authenticator.
    USER_PRESENCE,
    /// The authenticator did not check who is there.
    USER_VERIFICATION,
    /// Backed up and not able to be, or able to be only now.
    BACKUP,
    /// A key of a kind that was not asked for, or none that anybody could use.
    ALGORITHM,
    /// The authenticator tells more of itself than was asked, or nonsense.
    ATTESTATION,
    SIGNATURE,
    /// It has signed less often than it had before: perhaps a copy.
    SIGN_COUNT,
    UNKNOWN_CREDENTIAL,
    /// Made when the home had another address.
    OTHER_ADDRESS,
    /// The authenticator says that it is another person's.
    USER_HANDLE,
    /// Enrolled already.
    KNOWN_CREDENTIAL,
    /// The person has as many as one may have.
    TOO_MANY;

    /// Whether it is what somebody shows who is not whom they say, or who was led to a page that is
    /// not ours. Not what an authenticator or an old page does by itself.
    boolean isWrongProof() {
        return switch (this) {
            case TYPE,
                    ORIGIN,
                    CROSS_ORIGIN,
                    RP_ID,
                    SIGNATURE,
                    SIGN_COUNT,
                    UNKNOWN_CREDENTIAL,
                    USER_HANDLE ->
                    true;
            case UNREADABLE,
                    CHALLENGE,
                    USER_PRESENCE,
                    USER_VERIFICATION,
                    BACKUP,
                    ALGORITHM,
                    ATTESTATION,
                    OTHER_ADDRESS,
                    KNOWN_CREDENTIAL,
                    TOO_MANY ->
                    false;
        };
    }

    /// As the audit log has it.
    @Override
    public String code() {
        return new Reason.Of(Reason.Family.PASSKEY, key()).code();
    }

    /// As the keys of messages have it.
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
