package dev.vestibule.homeassistant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hands events to listeners on a thread of its own, so that a listener may wait while the
/// websocket is read on. Bounded: when it is full, an event is refused, and the connection must
/// begin afresh.
final class EventDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final int QUEUE_MAX = 1_000;

    private final BlockingQueue<UserEvent> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final List<UserEventListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread =
            Thread.ofVirtual().name("home-assistant-events").unstarted(this::run);

    void add(UserEventListener listener) {
        listeners.add(listener);
    }

    void start() {
        thread.start();
    }

    /// @return whether there was room
    boolean offer(UserEvent event) {
        return listeners.isEmpty() || queue.offer(event);
    }

    private void run() {
        try {
            while (true) {
                UserEvent event = queue.take();
                listeners.forEach(listener -> tell(listener, event));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(UserEventListener listener, UserEvent event) {
        try {
            listener.onEvent(event);
        } catch (HomeAssistantUnavailable away) {
            // The next connection begins with Reconnected, and the listener compares everything.
            LOG.warn("event=home-assistant-event-lost reason=\"{}\"", away.reason());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
