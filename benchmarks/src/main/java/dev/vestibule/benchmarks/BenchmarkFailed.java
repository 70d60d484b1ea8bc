package dev.vestibule.benchmarks;

/// Something did not run as it must, so there is nothing to measure. The message is for the person
/// at the terminal.
final class BenchmarkFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchmarkFailed(String reason) {
        super(reason);
    }

    BenchmarkFailed(String reason, Throwable cause) {
        super(reason + ": " + cause.getMessage(), cause);
    }
}
