package dev.vestibule.socket;

/// The peer sent what a websocket must not hold. The connection ends with the close code.
final class FrameViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// RFC 6455 section 7.4.1.
    static final int PROTOCOL_ERROR = 1002;

    static final int INVALID_PAYLOAD = 1007;
    static final int POLICY_VIOLATION = 1008;
    static final int TOO_BIG = 1009;

    /// The registry of close codes at IANA.
    static final int TRY_AGAIN_LATER = 1013;

    private final int closeCode;

    FrameViolation(int closeCode, String message) {
        super(message, null, false, false);
        this.closeCode = closeCode;
    }

    int closeCode() {
        return closeCode;
    }
}
