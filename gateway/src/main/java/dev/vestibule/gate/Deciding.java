package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpContent;

import java.util.ArrayDeque;
import java.util.Queue;

/// While it is not decided what becomes of a request, with which each one begins. Keeps what is
/// read of the body meanwhile; where somebody has to be asked, the socket is not read, so that this
/// is what came together with the head.
///
/// What is kept belongs to this one request. It goes to the turn that follows on this one, or it
/// falls; nobody can ask for it later, when the connection may be on the next request (attack: a
/// refused body that becomes the body of the request behind it, and what stands in it a request of
/// its own at Home Assistant).
final class Deciding implements Turn {

    private final Queue<HttpContent> kept = new ArrayDeque<>(2);

    @Override
    public void content(HttpContent content) {
        kept.add(content);
    }

    @Override
    public void handTo(Turn next) {
        for (HttpContent content = kept.poll(); content != null; content = kept.poll()) {
            next.content(content);
        }
    }

    @Override
    public void gone() {
        kept.forEach(HttpContent::release);
        kept.clear();
    }
}
