package dev.vestibule.proxy;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

import java.util.concurrent.BlockingQueue;

/// A client that notes what became of its request.
record Noted(BlockingQueue<String> told) implements Downstream {

    @Override
    public void answer(HttpResponse head) {
        told.add("answered " + head.status().code());
    }

    @Override
    public void body(HttpContent content) {
        content.release();
    }

    @Override
    public void flush() {}

    @Override
    public void failed(UpstreamFailure failure) {
        told.add("failed " + failure);
    }

    @Override
    public void readMore() {}

    @Override
    public boolean isWritable() {
        return true;
    }
}
