package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/// Writes answers; the answer to a HEAD request keeps its headers and loses its body (RFC 9110
/// section 9.3.2). One per connection.
final class AnswerEncoder extends HttpResponseEncoder {

    private final String hsts;
    private boolean answersHead;

    AnswerEncoder(String hsts) {
        this.hsts = hsts;
    }

    /// Says for each request whether it is HEAD.
    void answersTo(boolean isHead) {
        answersHead = isHead;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse message) {
        return (answersHead && message.status().code() >= 200)
                || super.isContentAlwaysEmpty(message);
    }

    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse message, boolean isAlwaysEmpty) {
        super.sanitizeHeadersBeforeEncode(message, isAlwaysEmpty);
        if (!hsts.isEmpty() && message.status().code() >= 200) {
            message.headers().set("Strict-Transport-Security", hsts);
        }
    }
}
