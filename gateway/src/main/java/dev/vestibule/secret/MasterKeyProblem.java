package dev.vestibule.secret;

/// The master key is missing, unreadable or open to others. The message says what to do.
public final class MasterKeyProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MasterKeyProblem(String message) {
        super(message);
    }
}
