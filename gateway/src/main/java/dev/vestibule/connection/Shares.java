package dev.vestibule.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/// The open connections of callers whom nobody can name. They end together; each share is counted
/// by itself, so that no limit on what one may have open is a limit for all (attack: one watcher
/// who leaves nobody else a camera). Safe to share between threads.
public final class Shares {

    private final Cache<Object, Connections> shares = Caffeine.newBuilder().weakValues().build();
    private final AtomicReference<@Nullable Cut> ended = new AtomicReference<>();

    public boolean isLive() {
        return ended.get() == null;
    }

    /// Puts first and looks afterwards, where [#end] does it the other way round: what is taken
    /// during an end has ended, too.
    ///
    /// @param share what those have in common who count as one, compared by `equals`
    public Connections of(Object share) {
        Connections connections = shares.get(share, _ -> new Connections());
        Cut reason = ended.get();
        if (reason != null) {
            connections.end(reason);
        }
        return connections;
    }

    /// Ends everything, now and from now on. Only the first call has an effect.
    public void end(Cut reason) {
        if (ended.compareAndSet(null, reason)) {
            shares.asMap().values().forEach(connections -> connections.end(reason));
        }
    }
}
