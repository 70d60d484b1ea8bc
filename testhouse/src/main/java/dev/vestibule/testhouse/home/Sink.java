package dev.vestibule.testhouse.home;

/// Where a body is written to. Lives on the event loop.
interface Sink {

    /// Sends a piece at once.
    void write(byte[] piece);

    /// Whether the other side keeps up; who writes on when it is not fills the memory.
    boolean isWritable();

    /// Called whenever the other side has caught up.
    void onWritable(Runnable listener);

    /// Called once when the connection has ended.
    void onClosed(Runnable listener);

    /// The body is complete.
    void end();
}
