package dev.vestibule.webhook;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Cut;
import dev.vestibule.store.Database;

import java.util.Optional;

/// Closes one phone's webhook because somebody says so. Safe to share between threads.
public final class WebhookClosing {

    private final Database database;
    private final WebhookService webhooks;
    private final AuditLog audit;

    public WebhookClosing(Database database, WebhookService webhooks, AuditLog audit) {
        this.database = database;
        this.webhooks = webhooks;
        this.audit = audit;
    }

    /// @param key as a [WebhookLine] has it
    /// @param by who says so, for the audit log
    /// @return whether there was one that was not closed
    public boolean close(HomeId home, String key, String by, String address) {
        return database.inTransaction(
                tx -> {
                    Optional<WebhookLine> closed = webhooks.close(tx, home, key);
                    closed.ifPresent(
                            webhook ->
                                    audit.append(
                                            tx,
                                            new AuditEvent.WebhookClosed(
                                                    webhook.accountId(),
                                                    home.value(),
                                                    webhook.name(),
                                                    by),
                                            address));
                    return closed.isPresent();
                },
                isClosed -> {
                    if (isClosed) {
                        webhooks.cutCallers(Cut.ENDED);
                    }
                });
    }
}
