package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpContent;

/// Between two requests, or after a refusal: what still comes of a body falls.
final class Idle implements Turn {

    @Override
    public void content(HttpContent content) {
        content.release();
    }
}
