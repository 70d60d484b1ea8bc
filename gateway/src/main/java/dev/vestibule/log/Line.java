package dev.vestibule.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// One line of the log before it is written.
///
/// @param level in capitals
/// @param logger the class that says it, without its package
/// @param request the number of the request that it belongs to; empty text for none
/// @param trace what went wrong, over several lines; empty text for nothing
record Line(Instant at, String level, String logger, Saying saying, String request, String trace) {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX")
                    .withZone(ZoneId.systemDefault());

    /// In the machine's own time zone, which it names.
    String moment() {
        return MOMENT.format(at);
    }
}
