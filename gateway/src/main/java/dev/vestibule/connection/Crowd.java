package dev.vestibule.connection;

import java.util.concurrent.atomic.AtomicReference;

/// The open connections of callers whom nobody can name, such as whoever watches a camera by the
/// token in its address. When somebody's access ends, they might be one of them: all are cut, and
/// whoever is still welcome comes back. Safe to share between threads.
public final class Crowd {

    private final AtomicReference<Connections> present = new AtomicReference<>(new Connections());

    /// What a newcomer registers with.
    public Connections present() {
        return present.get();
    }

    /// Cuts everything that is open now.
    public void cut(Cut reason) {
        present.getAndSet(new Connections()).end(reason);
    }
}
