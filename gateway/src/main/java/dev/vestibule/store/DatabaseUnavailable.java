package dev.vestibule.store;

/// The database did not answer, or not in time. Nothing may be concluded about the caller: answer
/// 503, never 401.
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseUnavailable(String message) {
        super(message);
    }

    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
