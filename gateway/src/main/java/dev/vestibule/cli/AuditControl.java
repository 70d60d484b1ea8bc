package dev.vestibule.cli;

import java.util.List;
import java.util.Set;

/// What an operator may ask of a running gateway about the audit log, a page at a time.
public interface AuditControl {

    /// Lines of one page at most.
    int PAGE_MAX = 500;

    /// @param place where the page begins, as the page before said; empty for the first one
    AuditPage find(AuditWish wish, String place);

    /// Which lines are wanted, and in which order.
    ///
    /// @param since a moment in ISO 8601; empty for all
    /// @param until a moment in ISO 8601, before which they are; empty for all
    /// @param account an id or a user name; empty for everybody
    /// @param events names of events; empty for all
    /// @param count how many at most, up to [#PAGE_MAX]
    /// @param isOldestFirst else the newest come first
    record AuditWish(
            String since,
            String until,
            String account,
            Set<String> events,
            int count,
            boolean isOldestFirst) {
        public AuditWish {
            events = Set.copyOf(events);
        }

        AuditWish of(int otherCount) {
            return new AuditWish(since, until, account, events, otherCount, isOldestFirst);
        }
    }

    /// @param next where the next page begins; empty where this is the last one
    record AuditPage(List<AuditEntry> lines, String next) {
        public AuditPage {
            lines = List.copyOf(lines);
        }
    }

    /// @param at a moment in ISO 8601
    /// @param detail the event's fields, a JSON object
    /// @param sentence what happened, in English, for a person
    record AuditEntry(
            String id, String at, String event, String address, String detail, String sentence) {}
}
