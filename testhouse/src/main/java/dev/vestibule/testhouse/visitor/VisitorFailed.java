package dev.vestibule.testhouse.visitor;

/// Something did not show what it must. The message says what.
public final class VisitorFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VisitorFailed(String reason) {
        super(reason);
    }

    public static void unless(boolean holds, String reason) {
        if (!holds) {
            throw new VisitorFailed(reason);
        }
    }
}
