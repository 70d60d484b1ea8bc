package dev.vestibule.audit;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.store.Cursor;

import java.time.Instant;
import java.util.HexFormat;
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
    /// `address`, and the event's own fields in `detail`. What is not
    /// [plain][ForeignText#isPlain(int)] stands as its number, which a reader of JSON takes for the
    /// same.
    ///
    /// Attack: a name or a user agent that steers the terminal on which the log is exported, or
    /// turns what stands there.
    public String json() {
        String json = AuditJson.line(this).toString();
        StringBuilder plain = new StringBuilder(json.length());
        json.codePoints().forEachOrdered(c -> append(plain, c));
        return plain.toString();
    }

    /// RFC 8259 section 7: by its UTF-16 code units; two of them beyond U+FFFF.
    private static void append(StringBuilder plain, int codePoint) {
        if (ForeignText.isPlain(codePoint)) {
            plain.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            plain.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
    }

    /// What happened; empty where another release of the gateway wrote it, which knew more.
    public Optional<AuditEvent> event() {
        return AuditJson.read(kind, detail);
    }
}
