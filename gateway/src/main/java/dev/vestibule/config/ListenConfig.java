package dev.vestibule.config;

/// Where the gateway listens.
///
/// @param address the address to bind; `::` is every address, IPv4 and IPv6. Default: `::`
/// @param port the TCP port. Default: `8124`
public record ListenConfig(String address, int port) {}
