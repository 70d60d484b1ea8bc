package dev.vestibule.config;

/// Where the gateway listens.
///
/// @param address the address to bind; `::` is every address, IPv4 and IPv6. Default: `::`.
///   Example: `127.0.0.1`
/// @param port the TCP port; `0` takes any free one. Default: `8124`. Example: `8443`
public record ListenConfig(String address, int port) {}
