package dev.vestibule.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.metric.Meters;
import dev.vestibule.metric.WordTally;
import dev.vestibule.network.ClientAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

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

    /// So many are remembered, for whoever asks by the reference number on a page.
    private static final int REMEMBERED_MAX = 4_096;

    /// What has no reference number.
    private static final String NO_REQUEST = "none";

    private final LineLimit lines;
    private final AuthenticationFailures failures;
    private final WordTally reasons;
    private final InstantSource time;
    private final Cache<String, Refused> recent =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    public RequestRefusals(InstantSource time, AuthenticationFailures failures, Meters meters) {
        this.time = time;
        this.lines =
                new LineLimit(
                        time,
                        LINES_OF_ADDRESS_MAX,
                        LINES_MAX,
                        more -> LOG.info("event=refused-more count={}", more));
        this.failures = failures;
        this.reasons =
                meters.words(
                        "vestibule.refusals", "Requests that were refused, by reason", "reason");
    }

    /// A request that was refused a short while ago.
    ///
    /// @param reason a code of ours
    /// @param place a class of paths
    public record Refused(String reason, String place, ClientAddress client, Instant at) {}

    /// What was refused under a reference number; empty where it is not remembered any more.
    public Optional<Refused> recent(String request) {
        return Optional.ofNullable(recent.getIfPresent(request));
    }

    /// @param reason a code of ours: small letters and dashes
    /// @param place what was asked for, in words of ours: a class of paths, never a path
    /// @param request the reference number that the answer carries
    public void refused(String reason, String place, String request, ClientAddress client) {
        reasons.add(reason);
        if (!request.equals(NO_REQUEST)) {
            recent.put(request, new Refused(reason, place, client, time.instant()));
        }
        if (lines.tryTake(client)) {
            LOG.info(
                    "event=refused reason={} client={} place={} request={}",
                    reason,
                    named(client),
                    place,
                    request);
        }
    }

    /// As [#refused], where what was shown is a wrong proof of who somebody is, and no page of
    /// somebody else can have had it sent.
    public void failed(
            WayIn way, String reason, String place, String request, ClientAddress client) {
        refused(reason, place, request, client);
        failures.note(way, reason, client, request);
    }

    /// One address in one place, or none: a program that bans must not ban a proxy.
    private static String named(ClientAddress client) {
        return switch (client) {
            case ClientAddress.Known(var address) -> address.getHostAddress();
            case ClientAddress.Unknown _ -> "unknown";
        };
    }
}
