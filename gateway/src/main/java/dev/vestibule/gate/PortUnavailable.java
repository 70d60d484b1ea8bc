package dev.vestibule.gate;

import dev.vestibule.config.ListenConfig;

/// The port could not be opened: it is taken, or the address is not this machine's.
public final class PortUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortUnavailable(ListenConfig listen, Throwable cause) {
        super(
                ("Cannot listen on %s port %d (%s). Another program has this port, or the address"
                                + " is not this machine's, or the port is below 1024 and needs more"
                                + " rights.")
                        .formatted(listen.address(), listen.port(), cause.getMessage()),
                cause);
    }
}
