package dev.vestibule.connection;

import java.util.concurrent.atomic.AtomicReference;

/// The open connections of callers whom nobody can name, such as whoever watches a camera by the
/// token in its address. When somebody's access ends, they might be one of them: all are cut, and
/// whoever is still welcome comes back. Safe to share between threads.
public final class Crowd {

    /// Everybody between one cut and the next.
    private final AtomicReference<Shares> present = new AtomicReference<>(new Shares());

    /// What a newcomer registers with. Taken before it is judged whether they may, so that an end
    /// that comes in between is seen when they look after registering.
    ///
    /// @param share what those have in common who count as one, compared by `equals`
    public Connections present(Object share) {
        return present.get().of(share);
    }

    /// Cuts everything that is open now.
    public void cut(Cut reason) {
        present.getAndSet(new Shares()).end(reason);
    }
}
