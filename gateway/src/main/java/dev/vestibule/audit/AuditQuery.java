package dev.vestibule.audit;

import java.time.Instant;
import java.util.Set;

/// Which lines of the log somebody wants to see: those for which all of it holds.
///
/// @param since no earlier than this
/// @param until earlier than this
/// @param account the id of whom it is about; empty for everybody
/// @param home what is about this home, or about none; empty for every home
/// @param kinds names of events, see [AuditKinds]; empty for all
/// @param reason the code that the event itself gives; empty for any
/// @param text stands in the address or in a value of the event, in whichever case; empty for
///   anything
public record AuditQuery(
        Instant since,
        Instant until,
        String account,
        String home,
        Set<String> kinds,
        String reason,
        String text) {

    public static final Instant BEGINNING = Instant.EPOCH;

    /// Long after everything, and still a number of milliseconds.
    public static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

    public static final AuditQuery ALL = new AuditQuery(BEGINNING, END, "", "", Set.of(), "", "");

    public AuditQuery {
        kinds = Set.copyOf(kinds);
    }

    public AuditQuery between(Instant from, Instant to) {
        return new AuditQuery(from, to, account, home, kinds, reason, text);
    }

    public AuditQuery about(String accountId) {
        return new AuditQuery(since, until, accountId, home, kinds, reason, text);
    }

    public AuditQuery at(String homeId) {
        return new AuditQuery(since, until, account, homeId, kinds, reason, text);
    }

    public AuditQuery of(Set<String> someKinds) {
        return new AuditQuery(since, until, account, home, someKinds, reason, text);
    }

    public AuditQuery because(Reason why) {
        return new AuditQuery(since, until, account, home, kinds, why.code(), text);
    }

    public AuditQuery with(String someText) {
        return new AuditQuery(since, until, account, home, kinds, reason, someText);
    }
}
