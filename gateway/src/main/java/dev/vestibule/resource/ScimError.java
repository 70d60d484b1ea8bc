package dev.vestibule.resource;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/// A SCIM request is refused (RFC 7644 section 3.12). Nothing of the request may have taken effect:
/// thrown inside a transaction, it rolls all back.
///
/// The detail is shown to the client, so it names attributes and limits, but no stored value.
public final class ScimError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient @Nullable ScimType type;
    private final @Nullable Duration retryAfter;
    private final boolean unreadableActive;

    private ScimError(
            int status,
            @Nullable ScimType type,
            String detail,
            @Nullable Duration retryAfter,
            boolean unreadableActive) {
        // It is an answer and no failure of ours: its trace would cost much and tell nothing.
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.retryAfter = retryAfter;
        this.unreadableActive = unreadableActive;
    }

    private static ScimError badRequest(ScimType type, String detail) {
        return new ScimError(400, type, detail, null, false);
    }

    private static ScimError plain(int status, String detail) {
        return new ScimError(status, null, detail, null, false);
    }

    public static ScimError invalidFilter(String detail) {
        return badRequest(ScimType.INVALID_FILTER, detail);
    }

    /// Somebody else has this value already.
    public static ScimError uniqueness(String detail) {
        return new ScimError(409, ScimType.UNIQUENESS, detail, null, false);
    }

    /// What is read-only, or must not be without a value, was to change.
    public static ScimError mutability(String detail) {
        return badRequest(ScimType.MUTABILITY, detail);
    }

    public static ScimError invalidSyntax(String detail) {
        return badRequest(ScimType.INVALID_SYNTAX, detail);
    }

    public static ScimError invalidPath(String detail) {
        return badRequest(ScimType.INVALID_PATH, detail);
    }

    /// A path is right, but there is nothing at its end.
    public static ScimError noTarget(String detail) {
        return badRequest(ScimType.NO_TARGET, detail);
    }

    public static ScimError invalidValue(String detail) {
        return badRequest(ScimType.INVALID_VALUE, detail);
    }

    /// Whether somebody is to be switched off cannot be read. Whoever answers raises an alarm: the
    /// identity system may believe from now on that somebody is out who is not.
    public static ScimError unreadableActive() {
        return new ScimError(
                400,
                ScimType.INVALID_VALUE,
                "active must be true or false. Nothing was changed.",
                null,
                true);
    }

    /// The same refusal, with the alarm of [#unreadableActive()].
    ScimError aboutActive() {
        return new ScimError(status, type, detail(), retryAfter, true);
    }

    public static ScimError notFound(String detail) {
        return plain(404, detail);
    }

    /// `If-Match` names another version than the present one (RFC 7644 section 3.14).
    public static ScimError preconditionFailed(String detail) {
        return plain(412, detail);
    }

    public static ScimError tooLarge(String detail) {
        return plain(413, detail);
    }

    public static ScimError forbidden(String detail) {
        return plain(403, detail);
    }

    public static ScimError methodNotAllowed(String detail) {
        return plain(405, detail);
    }

    public static ScimError unsupportedMediaType(String detail) {
        return plain(415, detail);
    }

    public static ScimError notImplemented(String detail) {
        return plain(501, detail);
    }

    /// Waits for somebody's confirmation; the client asks again.
    public static ScimError held(Duration retryAfter, String detail) {
        return new ScimError(503, null, detail, retryAfter, false);
    }

    /// There is no room for the request now; the client asks again.
    public static ScimError unavailable(Duration retryAfter, String detail) {
        return new ScimError(503, null, detail, retryAfter, false);
    }

    public static ScimError tooManyRequests(Duration retryAfter, String detail) {
        return new ScimError(429, null, detail, retryAfter, false);
    }

    public int status() {
        return status;
    }

    public Optional<ScimType> type() {
        return Optional.ofNullable(type);
    }

    /// A sentence for the client.
    public String detail() {
        return String.valueOf(getMessage());
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /// Whether an alarm is due: see [#unreadableActive()].
    public boolean isUnreadableActive() {
        return unreadableActive;
    }
}
