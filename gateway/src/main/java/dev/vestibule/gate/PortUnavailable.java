package dev.vestibule.gate;

import dev.vestibule.config.ListenConfig;

/// The port could not be opened: it is taken, or the address is not this machine's.
public final class PortUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortUnavailable(ListenConfig listen, Throwable cause) {
        super("cannot listen on " + listen.address() + " port " + listen.port(), cause);
    }
}
