package dev.vestibule.oidc;

import dev.vestibule.audit.Reason;

import java.util.Locale;

/// Why a provider's answer or token was not believed. The names are stable: they stand in the audit
/// log.
public enum RejectionReason implements Reason {
    DUPLICATE_PARAMETER,
    OTHER_PROVIDER,
    STATE_MISMATCH,
    RESPONSE_ISSUER_MISSING,
    RESPONSE_ISSUER_MISMATCH,
    CODE_AND_ERROR,
    CODE_MISSING,
    CODE_REFUSED,
    ID_TOKEN_MISSING,
    TOKEN_UNREADABLE,
    TOKEN_TYPE,
    ALGORITHM_NOT_ALLOWED,
    HEADER_NOT_ALLOWED,
    KEY_UNKNOWN,
    SIGNATURE_INVALID,
    ISSUER_MISMATCH,
    SUBJECT_MISSING,
    SUBJECT_MISMATCH,
    AUDIENCE_MISMATCH,
    AUTHORIZED_PARTY_MISMATCH,
    EXPIRED,
    ISSUED_AT,
    NOT_YET_VALID,
    NONCE_MISMATCH,
    ACCESS_TOKEN_HASH,
    AUTHENTICATION_TOO_OLD,
    AUTHENTICATION_CONTEXT,
    USER_INFO_REFUSED,
    USER_INFO_SUBJECT,
    LOGOUT_EVENT,
    LOGOUT_NONCE,
    LOGOUT_TARGET,
    LOGOUT_TOKEN_ID;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a browser that began a sign-in came back with an answer that is not the one to it: a
    /// code that was guessed, stolen or used. What is wrong with tokens that the provider gave us
    /// itself is nothing that whoever sits there has done.
    public boolean isOfBrowser() {
        return switch (this) {
            case DUPLICATE_PARAMETER,
                    OTHER_PROVIDER,
                    STATE_MISMATCH,
                    RESPONSE_ISSUER_MISSING,
                    RESPONSE_ISSUER_MISMATCH,
                    CODE_AND_ERROR,
                    CODE_MISSING,
                    CODE_REFUSED,
                    NONCE_MISMATCH ->
                    true;
            case ID_TOKEN_MISSING,
                    TOKEN_UNREADABLE,
                    TOKEN_TYPE,
                    ALGORITHM_NOT_ALLOWED,
                    HEADER_NOT_ALLOWED,
                    KEY_UNKNOWN,
                    SIGNATURE_INVALID,
                    ISSUER_MISMATCH,
                    SUBJECT_MISSING,
                    SUBJECT_MISMATCH,
                    AUDIENCE_MISMATCH,
                    AUTHORIZED_PARTY_MISMATCH,
                    EXPIRED,
                    ISSUED_AT,
                    NOT_YET_VALID,
                    ACCESS_TOKEN_HASH,
                    AUTHENTICATION_TOO_OLD,
                    AUTHENTICATION_CONTEXT,
                    USER_INFO_REFUSED,
                    USER_INFO_SUBJECT,
                    LOGOUT_EVENT,
                    LOGOUT_NONCE,
                    LOGOUT_TARGET,
                    LOGOUT_TOKEN_ID ->
                    false;
        };
    }

    /// Whether a token that somebody showed was made by nobody who may: not one that is only too
    /// old, or meant for others, as a clock or a proxy that is set up wrongly gives.
    public boolean isForgery() {
        return switch (this) {
            case TOKEN_UNREADABLE,
                    ALGORITHM_NOT_ALLOWED,
                    HEADER_NOT_ALLOWED,
                    KEY_UNKNOWN,
                    SIGNATURE_INVALID ->
                    true;
            case DUPLICATE_PARAMETER,
                    OTHER_PROVIDER,
                    STATE_MISMATCH,
                    RESPONSE_ISSUER_MISSING,
                    RESPONSE_ISSUER_MISMATCH,
                    CODE_AND_ERROR,
                    CODE_MISSING,
                    CODE_REFUSED,
                    ID_TOKEN_MISSING,
                    TOKEN_TYPE,
                    ISSUER_MISMATCH,
                    SUBJECT_MISSING,
                    SUBJECT_MISMATCH,
                    AUDIENCE_MISMATCH,
                    AUTHORIZED_PARTY_MISMATCH,
                    EXPIRED,
                    ISSUED_AT,
                    NOT_YET_VALID,
                    NONCE_MISMATCH,
                    ACCESS_TOKEN_HASH,
                    AUTHENTICATION_TOO_OLD,
                    AUTHENTICATION_CONTEXT,
                    USER_INFO_REFUSED,
                    USER_INFO_SUBJECT,
                    LOGOUT_EVENT,
                    LOGOUT_NONCE,
                    LOGOUT_TARGET,
                    LOGOUT_TOKEN_ID ->
                    false;
        };
    }
}
