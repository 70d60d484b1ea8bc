package dev.vestibule.config;

import java.util.List;

/// Where the machine that runs the gateway, and whoever watches it, asks how it is: `/health`,
/// `/ready` and `/metrics`, and nothing else, for whoever can reach that address. People never come
/// here. See [operations.md](operations.md).
///
/// @param listen address and port, or `off`. Whatever can be reached from outside of this machine
///   must be written out, and nothing lies on the port of `listen`. Default: `off`. Example:
///   `127.0.0.1:8125`
public record ManagementConfig(List<ListenAddress> listen) {

    /// A second gateway on the same machine, such as one for trying out, then meets no taken port.
    public static final ManagementConfig OFF = new ManagementConfig(List.of());

    /// @throws IllegalArgumentException where there is more than one address
    public ManagementConfig {
        if (listen.size() > 1) {
            throw new IllegalArgumentException("one address, or none: " + listen);
        }
        listen = List.copyOf(listen);
    }
}
