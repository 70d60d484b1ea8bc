package dev.vestibule.admission;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Notes attempts that ended before anybody proved who they are. Anybody can cause them, so an
/// address fills only so many lines of the audit log in a minute, and all addresses together no
/// more than [#LINES_PER_MINUTE]. Safe to share between threads.
public final class RefusalLog {

    public static final int LINES_PER_MINUTE = 300;

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource time;
    private final AuditLog audit;
    private final AddressLimiter limiter;
    private final AtomicReference<Minute> all = new AtomicReference<>(new Minute(Instant.EPOCH, 0));

    public RefusalLog(InstantSource time, AuditLog audit, AddressLimiter limiter) {
        this.time = time;
        this.audit = audit;
        this.limiter = limiter;
    }

    private record Minute(Instant start, int lines) {

        Minute with(Instant now) {
            return start.plus(MINUTE).isAfter(now)
                    ? new Minute(start, Math.min(lines + 1, LINES_PER_MINUTE + 2))
                    : new Minute(now, 1);
        }
    }

    /// @param who what is known of whoever tried; fit to be logged
    public void note(Visitor visitor, WayIn way, String who, Reason reason) {
        refuse(visitor, way.code(), who, reason);
    }

    /// As [#note(Visitor, WayIn, String, Reason)], where a program asked that may not ask, so that
    /// nobody came to try any way.
    ///
    /// @param clientId what is known of the program
    public void noteProgram(Visitor visitor, String clientId, Reason reason) {
        refuse(visitor, "", clientId, reason);
    }

    private void refuse(Visitor visitor, String way, String who, Reason reason) {
        note(
                visitor,
                new AuditEvent.SignInRefused(
                        visitor.home().value(), way, who, reason.code(), visitor.reference()));
    }

    /// As [#note(Visitor, WayIn, String, Reason)], where what was shown as a proof is wrong, and no
    /// page of somebody else can have had it sent; see
    /// [dev.vestibule.audit.AuthenticationFailures].
    ///
    /// @param who what is known of whoever tried, or what they typed
    public void noteFailed(Visitor visitor, WayIn way, String who, Reason reason) {
        note(
                visitor,
                new AuditEvent.AuthenticationFailed(
                        visitor.home().value(),
                        way.code(),
                        who,
                        reason.code(),
                        visitor.reference()));
    }

    /// An app waits for somebody to prove who they are.
    ///
    /// @param device fit to be logged
    public void noteBegun(Visitor visitor, String clientId, String device) {
        note(visitor, new AuditEvent.HandOffBegun(visitor.home().value(), clientId, device));
    }

    private void note(Visitor visitor, AuditEvent event) {
        if (limiter.tryTake(visitor.client()) && isRoomLeft()) {
            audit.append(event, visitor.address());
        } else {
            audit.leaveOut(event, visitor.address());
        }
    }

    private boolean isRoomLeft() {
        Instant now = time.instant();
        int lines = all.updateAndGet(minute -> minute.with(now)).lines();
        if (lines == LINES_PER_MINUTE + 1) {
            LOG.warn("event=refusals-left-out reason=\"more than {} a minute\"", LINES_PER_MINUTE);
        }
        return lines <= LINES_PER_MINUTE;
    }
}
