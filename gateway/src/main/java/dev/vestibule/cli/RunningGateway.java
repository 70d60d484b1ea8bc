package dev.vestibule.cli;

import java.net.InetSocketAddress;

/// A gateway that listens.
public interface RunningGateway extends AutoCloseable {

    /// Where it listens, with the port that it really got.
    InetSocketAddress address();

    /// What an operator on this machine may ask of it.
    ControlCommands commands();

    /// Ends open connections and everything else that the gateway holds; returns when it is done.
    @Override
    void close();
}
