package dev.vestibule.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/// The open connections of callers whom nobody can name, such as whoever watches a camera by the
/// token in its address. When somebody's access ends, they might be one of them: all are cut, and
/// whoever is still welcome comes back. Safe to share between threads.
///
/// Each has a share of its own, by what can be said of them, so that no limit on what one may have
/// open is a limit for all (attack: one watcher who leaves nobody else a camera).
public final class Crowd {

    private final AtomicReference<Generation> present = new AtomicReference<>(new Generation());

    /// What a newcomer registers with. Taken before it is judged whether they may, so that an end
    /// that comes in between is seen when they look after registering.
    ///
    /// @param share what those have in common who count as one, compared by `equals`
    public Connections present(Object share) {
        return present.get().of(share);
    }

    /// Cuts everything that is open now.
    public void cut(Cut reason) {
        present.getAndSet(new Generation()).end(reason);
    }

    /// Everybody between one cut and the next.
    private static final class Generation {
        private final Cache<Object, Connections> shares =
                Caffeine.newBuilder().weakValues().build();
        private final AtomicReference<@Nullable Cut> ended = new AtomicReference<>();

        /// Puts first and looks afterwards, where [#end] does it the other way round.
        Connections of(Object share) {
            Connections connections = shares.get(share, _ -> new Connections());
            Cut reason = ended.get();
            if (reason != null) {
                connections.end(reason);
            }
            return connections;
        }

        void end(Cut reason) {
            ended.set(reason);
            shares.asMap().values().forEach(connections -> connections.end(reason));
        }
    }
}
