package dev.vestibule.local;

/// The addresses of the room, as `Routes` has them.
final class LocalPaths {

    static final String SIGN_IN = "/auth/vestibule/local";
    static final String CODE = "/auth/vestibule/local/code";

    private LocalPaths() {}
}
