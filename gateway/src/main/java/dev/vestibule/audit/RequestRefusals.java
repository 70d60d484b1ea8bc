package dev.vestibule.audit;

import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// One line for each request that was refused: who, and the stable code of the reason, and nothing
/// that the client wrote (attack: a name that looks like another line, so that somebody else is
/// banned).
///
/// Bounded: an address gets a few lines in a minute, all of them together some hundred, and what
/// was left out is counted and said later, so that a flood cannot fill the disk. Safe to share
/// between threads; never waits.
public final class RequestRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(RequestRefusals.class);

    /// Enough for any rule that counts failures before it bans.
    static final int LINES_OF_ADDRESS_MAX = 20;

    static final int LINES_MAX = 600;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource time;
    private final AddressLimiter lines;
    private final AtomicLong unsaid = new AtomicLong();
    private Instant windowStart = Instant.EPOCH;
    private int written;

    public RequestRefusals(InstantSource time) {
        this.time = time;
        this.lines = new AddressLimiter(time, LINES_OF_ADDRESS_MAX);
    }

    /// @param reason a code of ours: small letters and dashes
    /// @param place what was asked for, in words of ours: a class of paths, never a path
    /// @param request the reference number that the answer carries
    public void refused(String reason, String place, String request, ClientAddress client) {
        if (!lines.tryTake(client) || !hasRoom()) {
            unsaid.incrementAndGet();
            return;
        }
        LOG.info(
                "event=refused reason={} client={} place={} request={}",
                reason,
                named(client),
                place,
                request);
    }

    private synchronized boolean hasRoom() {
        Instant now = time.instant();
        if (!windowStart.plus(WINDOW).isAfter(now) || windowStart.isAfter(now)) {
            windowStart = now;
            written = 0;
            long more = unsaid.getAndSet(0);
            if (more > 0) {
                LOG.info("event=refused-more count={}", more);
            }
        }
        written++;
        return written <= LINES_MAX;
    }

    /// One address in one place, or none: a program that bans must not ban a proxy.
    private static String named(ClientAddress client) {
        return switch (client) {
            case ClientAddress.Known(var address) -> address.getHostAddress();
            case ClientAddress.Unknown _ -> "unknown";
        };
    }
}
