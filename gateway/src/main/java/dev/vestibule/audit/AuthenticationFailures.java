package dev.vestibule.audit;

import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.IpLiteral;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/// The one line of the log about a proof that was wrong, which fail2ban and CrowdSec read; see
/// `docs/audit.md` and `deploy`. Safe to share between threads; never waits.
///
/// ```
/// event=authentication-failure client=203.0.113.9 way=local reason=wrong-password request=a1b2c3-7
/// ```
///
/// Nothing in it was written by whoever tried (attack: a name that looks like an address, or like a
/// whole line, so that somebody else is banned). The address stands first and is that of a client:
/// where a proxy hides who it is there is no line, so that nobody can have the proxy banned, and
/// with it the whole house. Neither is there one for this machine itself.
///
/// What a page of somebody else can make a browser send is no failure of whoever sits before it:
/// whoever calls this has seen that it was none (attack: a page full of pictures whose addresses
/// are callbacks or tokens, so that its readers are banned from their own homes).
public final class AuthenticationFailures {

    /// More than any rule waits for before it bans.
    static final int LINES_OF_ADDRESS_MAX = 20;

    static final int LINES_MAX = 3_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFailures.class);
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private final LineLimit lines;

    public AuthenticationFailures(InstantSource time) {
        this.lines =
                new LineLimit(
                        time,
                        LINES_OF_ADDRESS_MAX,
                        LINES_MAX,
                        more -> LOG.info("event=authentication-failures-left-out count={}", more));
    }

    /// Writes the line where the event is a failure; see [AuditOutcome].
    ///
    /// @param address as the audit log has it: only that of a known client is an address and
    ///   nothing else
    void note(AuditEvent event, String address) {
        if (event instanceof AuditEvent.AuthenticationFailed failed) {
            IpLiteral.parse(withoutZone(address))
                    .ifPresent(
                            client ->
                                    write(
                                            client,
                                            failed.way(),
                                            failed.reason(),
                                            failed.reference()));
        }
    }

    /// @param reason a code of ours: small letters, digits and dashes
    /// @param request the reference number that the answer carries
    void note(WayIn way, String reason, ClientAddress client, String request) {
        switch (client) {
            case ClientAddress.Known(var address) -> write(address, way.code(), reason, request);
            case ClientAddress.Unknown _ -> {}
        }
    }

    private void write(InetAddress client, String way, String reason, String request) {
        if (!client.isLoopbackAddress() && lines.tryTake(new ClientAddress.Known(client))) {
            LOG.info(
                    "event=authentication-failure client={} way={} reason={} request={}",
                    withoutZone(client.getHostAddress()),
                    code(way),
                    code(reason),
                    code(request));
        }
    }

    /// The name of our own network card, which says nothing about the client.
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static String code(String text) {
        return Optional.of(text).filter(code -> CODE.matcher(code).matches()).orElse("other");
    }
}
