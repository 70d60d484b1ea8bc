package dev.vestibule.console;

import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditPage;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.http.Response;
import dev.vestibule.store.Cursor;

import java.nio.charset.StandardCharsets;

/// The audit log as a file to save: an object on each line, the newest first. Safe to share between
/// threads.
final class AuditExport {

    /// What is handed out at once is held in memory, so it has an end. Whoever wants older lines
    /// asks for those until a day.
    static final int LINES_MAX = 10_000;

    private final AuditStore log;
    private final int max;

    /// @param max how many lines at most
    AuditExport(AuditStore log, int max) {
        this.log = log;
        this.max = max;
    }

    Response file(AuditQuery query) {
        StringBuilder lines = new StringBuilder();
        Cursor at = Cursor.NEWEST;
        boolean hasMore = true;
        for (int left = max; hasMore && left > 0; left -= AuditStore.PAGE_MAX) {
            AuditPage page = log.before(query, at, Math.min(left, AuditStore.PAGE_MAX));
            for (AuditLine line : page.lines()) {
                lines.append(line.json()).append('\n');
            }
            at = page.next().orElse(at);
            hasMore = page.hasMore();
        }
        return Response.bytes(
                        200,
                        "application/x-ndjson; charset=utf-8",
                        lines.toString().getBytes(StandardCharsets.UTF_8))
                .with("content-disposition", "attachment; filename=\"vestibule-audit.jsonl\"");
    }
}
