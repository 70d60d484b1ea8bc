package dev.vestibule.firstrun;

import dev.vestibule.config.ListenAddress;

/// The port of the page cannot be had.
public final class FirstRunUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FirstRunUnavailable(ListenAddress at, Throwable cause) {
        super(
                "The first-run page cannot listen on " + at + " (" + cause.getMessage() + ").",
                cause);
    }
}
