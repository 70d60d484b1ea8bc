package dev.vestibule.leave;

/// Home Assistant answered, and did not do something about one user. The others do not wait for it;
/// the house is not left before it is done.
final class PartingRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    /// @param reason for the operator: a sentence without its end
    PartingRefused(String reason) {
        super(reason);
        this.reason = reason;
    }

    /// @param code as Home Assistant said it
    static PartingRefused by(String code) {
        return new PartingRefused("Home Assistant refused: " + code);
    }

    String reason() {
        return reason;
    }
}
