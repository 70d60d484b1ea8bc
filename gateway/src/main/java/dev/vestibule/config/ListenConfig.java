package dev.vestibule.config;

/// Where the gateway listens.
///
/// @param address the address to bind; `::` is every address, IPv4 and IPv6. Default: `::`.
///   Example: `127.0.0.1`
/// @param port the TCP port; `0` takes any free one. Default: `8124`. Example: `8443`
/// @param tls whether the gateway ends TLS itself
public record ListenConfig(String address, int port, TlsConfig tls) {

    /// Plain http, for whatever ends TLS in front.
    public ListenConfig(String address, int port) {
        this(address, port, TlsConfig.OFF);
    }
}
