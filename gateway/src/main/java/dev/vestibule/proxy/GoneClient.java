package dev.vestibule.proxy;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/// Takes what still comes for a client that has gone, and lets it fall.
final class GoneClient implements Downstream {

    @Override
    public void answer(HttpResponse head) {}

    @Override
    public void body(HttpContent content) {
        content.release();
    }

    @Override
    public void flush() {}

    @Override
    public void failed(UpstreamFailure failure) {}

    @Override
    public void readMore() {}

    @Override
    public boolean isWritable() {
        return true;
    }
}
