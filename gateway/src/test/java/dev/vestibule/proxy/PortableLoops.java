package dev.vestibule.proxy;

/// The event loops of a machine without native epoll.
public final class PortableLoops {

    private PortableLoops() {}

    /// Whoever asked for it closes it.
    public static EventLoops one() {
        return new EventLoops(1, false);
    }
}
