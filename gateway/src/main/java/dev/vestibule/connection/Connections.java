package dev.vestibule.connection;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// The open connections of one session or grant, and whether it is still live. Safe to share
/// between threads.
///
/// There is no gap between looking and opening: [#register] and [#end] may run at once, and either
/// the connection is among those that are cut, or [#isLive()] is already false when it is looked at
/// after registering.
public final class Connections {

    private final Set<Registration> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Cut> ended = new AtomicReference<>();

    /// One registered connection; close it when the connection has ended by itself.
    public final class Registration implements AutoCloseable {
        private final Connection connection;

        private Registration(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    public boolean isLive() {
        return ended.get() == null;
    }

    /// Registers a connection. Where the end has already come, the connection is cut at once.
    public Registration register(Connection connection) {
        Registration registration = new Registration(connection);
        open.add(registration);
        Cut reason = ended.get();
        if (reason != null) {
            open.remove(registration);
            connection.cut(reason);
        }
        return registration;
    }

    /// Ends everything, now and from now on. Only the first call has an effect.
    public void end(Cut reason) {
        if (!ended.compareAndSet(null, reason)) {
            return;
        }
        for (Registration registration : open) {
            registration.connection.cut(reason);
        }
        open.clear();
    }

    /// Cuts what is open now. What is registered afterwards stays.
    public void interrupt(Cut reason) {
        for (Registration registration : open) {
            registration.close();
            registration.connection.cut(reason);
        }
    }

    public int count() {
        return open.size();
    }
}
