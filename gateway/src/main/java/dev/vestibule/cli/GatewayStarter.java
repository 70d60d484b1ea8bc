package dev.vestibule.cli;

import dev.vestibule.config.GatewayConfig;

/// Starts gateways. The map of the house implements it, because a command line does not know how a
/// gateway is built.
public interface GatewayStarter {

    /// Starts a gateway and returns once it listens.
    ///
    /// @throws CommandFailed where it cannot start, with what to do about it: a taken port, a
    ///   database of a newer release
    RunningGateway start(GatewayConfig config);
}
