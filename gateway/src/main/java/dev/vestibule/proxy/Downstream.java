package dev.vestibule.proxy;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/// The client's side of an exchange with Home Assistant. All calls come on the event loop that the
/// exchange was opened on.
public interface Downstream {

    /// The final answer's head, with the headers that are for the client and without those of
    /// framing: a body follows whose length is `Content-Length`, or unknown.
    void answer(HttpResponse head);

    /// A piece of the answer's body, which the callee releases; `LastHttpContent` ends it.
    void body(HttpContent content);

    /// What was handed over may leave now.
    void flush();

    /// No answer, or no more of it. Nothing follows.
    void failed(UpstreamFailure failure);

    /// More of the request's body can be taken.
    void readMore();

    /// False while the client reads more slowly than Home Assistant writes.
    boolean isWritable();
}
