package dev.vestibule.homeassistant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Hands events to listeners on a thread of its own, so that a listener may wait while the
/// websocket is read on. Bounded: when it is full, an event is refused, and the connection must
/// begin afresh. A listener that could not do what an event asks for is told after a while that
/// anything may have changed, until it could.
final class EventDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final int QUEUE_MAX = 1_000;

    private final BlockingQueue<UserEvent> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final List<UserEventListener> listeners = new CopyOnWriteArrayList<>();
    private final Backoff backoff;
    private final Thread thread =
            Thread.ofVirtual().name("home-assistant-events").unstarted(this::run);
    private boolean isBehind;
    private long retryAt;

    EventDispatcher(Backoff backoff) {
        this.backoff = backoff;
    }

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
                tellAll(next());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private UserEvent next() throws InterruptedException {
        if (!isBehind) {
            return queue.take();
        }
        UserEvent event = queue.poll(retryAt - System.nanoTime(), TimeUnit.NANOSECONDS);
        return event == null ? new UserEvent.Reconnected() : event;
    }

    private void tellAll(UserEvent event) {
        if (event instanceof UserEvent.Reconnected) {
            isBehind = false;
        }
        for (UserEventListener listener : listeners) {
            if (!tell(listener, event) && !isBehind) {
                isBehind = true;
                retryAt = System.nanoTime() + backoff.next().toNanos();
            }
        }
        if (!isBehind) {
            backoff.reset();
        }
    }

    private static boolean tell(UserEventListener listener, UserEvent event) {
        try {
            return listener.onEvent(event);
        } catch (HomeAssistantUnavailable away) {
            LOG.warn("event=home-assistant-event-waits reason=\"{}\"", away.reason());
            return false;
        } catch (RuntimeException bug) {
            // It would not get better by trying again, and the next events are still to be told.
            LOG.error("event=home-assistant-event-failed", bug);
            return true;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
