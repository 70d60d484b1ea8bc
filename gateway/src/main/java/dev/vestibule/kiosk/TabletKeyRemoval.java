package dev.vestibule.kiosk;

import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.kiosk.TabletKeyStore.Listed;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Takes a tablet its key, and signs the tablet out: what was begun with the key ends with it.
/// Tablets of the same name that hold another key come back by themselves. Safe to share between
/// threads.
public final class TabletKeyRemoval {

    private final Database database;
    private final TabletKeyStore keys;
    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;
    private final AuditLog audit;

    public TabletKeyRemoval(
            Database database,
            TabletKeyStore keys,
            AccountStore accounts,
            AccountLifecycle lifecycle,
            AuditLog audit) {
        this.database = database;
        this.keys = keys;
        this.accounts = accounts;
        this.lifecycle = lifecycle;
        this.audit = audit;
    }

    private record Removed(Optional<Listed> key, Ended ended) {}

    /// @return what was removed; empty where there is no such key
    public Optional<Listed> remove(String id, Cause cause) {
        return database.inTransaction(
                        tx -> {
                            Optional<Listed> key = keys.remove(tx, id);
                            return new Removed(
                                    key, key.map(one -> end(tx, one, cause)).orElse(Ended.NONE));
                        },
                        removed -> removed.ended().cut())
                .key();
    }

    private Ended end(Handle tx, Listed key, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.KioskKeyRemoved(
                        key.home().value(), key.kiosk(), key.device(), cause.by()),
                cause.address());
        return accounts.find(tx, Kiosks.subject(key.home(), key.kiosk()))
                .map(tablet -> lifecycle.signOutEverywhere(tx, tablet.id(), cause))
                .orElse(Ended.NONE);
    }
}
