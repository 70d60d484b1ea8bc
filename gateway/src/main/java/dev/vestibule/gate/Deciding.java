package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpContent;

import java.util.ArrayDeque;
import java.util.Queue;

/// While somebody is asked whether the request may pass. The socket is not read meanwhile, so what
/// is kept here is what had been read together with the head.
final class Deciding implements Turn {

    private final Queue<HttpContent> kept = new ArrayDeque<>();

    @Override
    public void content(HttpContent content) {
        kept.add(content);
    }

    /// Hands on what was kept.
    void replay(Turn next) {
        for (HttpContent content = kept.poll(); content != null; content = kept.poll()) {
            next.content(content);
        }
        next.readComplete();
    }

    @Override
    public void gone() {
        kept.forEach(HttpContent::release);
        kept.clear();
    }
}
