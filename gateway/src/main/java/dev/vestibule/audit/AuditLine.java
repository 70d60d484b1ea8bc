package dev.vestibule.audit;

import dev.vestibule.store.Cursor;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One line of the log, as it is kept.
///
/// @param kind the name of the event, see [AuditKinds]
/// @param address where it came from; `console` for the command line
/// @param detail the event's own fields as a JSON object
public record AuditLine(String id, Instant at, String kind, String address, String detail) {

    /// The place after this line.
    public Cursor cursor() {
        return new Cursor(at.toEpochMilli(), id);
    }

    /// The event's own fields, in their order, as text; none where they cannot be read.
    public Map<String, String> fields() {
        return AuditJson.fields(detail);
    }

    /// The line as an object on one line, as it is exported: `id`, `at` in ISO 8601, `event`,
    /// `address`, and the event's own fields in `detail`.
    public String json() {
        return AuditJson.line(this).toString();
    }

    /// What happened; empty where another release of the gateway wrote it, which knew more.
    public Optional<AuditEvent> event() {
        return AuditJson.read(kind, detail);
    }
}
