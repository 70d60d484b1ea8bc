package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class AuditExportTest {

    private final TestFacts facts = new TestFacts();

    @AfterEach
    void close() {
        facts.close();
    }

    private Response file(int max) {
        return new AuditExport(new AuditStore(facts.database), max).file(AuditQuery.ALL);
    }

    private void restored(String account) {
        facts.clock.advance(Duration.ofMillis(2));
        facts.audit.append(new AuditEvent.AccountRestored(account, "console"), "console");
    }

    private static String text(Response file) {
        return new String(file.body(), StandardCharsets.UTF_8);
    }

    @Test
    void browsersSaveItAndDoNotShowIt() {
        assertThat(file(1).headers())
                .contains(
                        new Header("content-type", "application/x-ndjson; charset=utf-8"),
                        new Header(
                                "content-disposition",
                                "attachment; filename=\"vestibule-audit.jsonl\""));
    }

    @Test
    void nothingIsAnEmptyFile() {
        assertThat(text(file(10))).isEmpty();
    }

    @Test
    void itEndsWhereItMustWithTheNewestInIt() {
        restored("ada");
        restored("ben");
        restored("li\nne");

        assertThat(text(file(2)).lines()).hasSize(2);
        assertThat(text(file(2))).contains("li\\nne", "ben").doesNotContain("ada");
        assertThat(text(file(3)).lines()).hasSize(3);
    }
}
