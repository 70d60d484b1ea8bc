package dev.vestibule.gate;

import dev.vestibule.secret.Secrets;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers the requests: a random beginning for this start of the gateway, then a count. No secret.
final class RequestIds {

    private final String beginning;
    private final AtomicLong count = new AtomicLong();

    RequestIds(Secrets secrets) {
        this.beginning = HexFormat.of().formatHex(secrets.randomBytes(3)) + "-";
    }

    String next() {
        return beginning + Long.toString(count.incrementAndGet(), 36);
    }
}
