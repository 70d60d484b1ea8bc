package dev.vestibule.management;

import dev.vestibule.config.ListenAddress;

/// The port could not be opened: it is taken, or the address is not this machine's.
public final class ManagementUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ManagementUnavailable(ListenAddress at, Throwable cause) {
        super(
                ("Cannot listen on %s (%s). Another program has this port, or the address is not"
                                + " this machine's.")
                        .formatted(at, cause.getMessage()),
                cause);
    }
}
