package dev.vestibule.connection;

/// An open socket or stream that must not outlive what it was opened for.
@FunctionalInterface
public interface Connection {

    /// Ends the connection. Called from any thread, at most a few times, and returns at once: the
    /// closing itself happens on the connection's own event loop.
    void cut(Cut reason);
}
