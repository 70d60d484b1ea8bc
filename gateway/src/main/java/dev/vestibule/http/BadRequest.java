package dev.vestibule.http;

/// A request that can be read in two ways, or in none. The door answers 400 and sends nothing on.
///
/// The message says what is wrong in words that may be shown; it never repeats what was sent.
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadRequest(String message) {
        super(message, null, false, false);
    }
}
