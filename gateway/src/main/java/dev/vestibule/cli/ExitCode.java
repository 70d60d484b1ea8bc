package dev.vestibule.cli;

/// What the process ends with.
final class ExitCode {

    static final int DONE = 0;

    /// Something outside is wrong: the configuration, the gateway, Home Assistant.
    static final int FAILED = 1;

    /// The command line itself is wrong; picocli uses the same number.
    static final int USAGE = 2;

    private ExitCode() {}
}
