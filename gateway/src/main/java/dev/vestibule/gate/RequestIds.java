package dev.vestibule.gate;

import dev.vestibule.log.RequestScope;
import dev.vestibule.secret.Secrets;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers the requests: a random beginning for this start of the gateway, then a count. No secret.
final class RequestIds {

    private static final AttributeKey<String> REQUEST =
            AttributeKey.valueOf(RequestIds.class, "request");

    private final String beginning;
    private final AtomicLong count = new AtomicLong();

    RequestIds(Secrets secrets) {
        this.beginning = HexFormat.of().formatHex(secrets.randomBytes(3)) + "-";
    }

    /// From here on the connection, or the stream, is on this request.
    static void put(Channel channel, String id) {
        channel.attr(REQUEST).set(id);
    }

    /// The request that a connection, or a stream, is on or was on last.
    static String on(Channel channel) {
        String id = channel.attr(REQUEST).get();
        return id == null ? RequestScope.NONE : id;
    }

    String next() {
        return beginning + Long.toString(count.incrementAndGet(), 36);
    }
}
