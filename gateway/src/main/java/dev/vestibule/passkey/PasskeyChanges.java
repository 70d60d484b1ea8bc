package dev.vestibule.passkey;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Renames and removes passkeys, and writes down who did. Safe to share between threads.
final class PasskeyChanges {

    private final Database database;
    private final CredentialStore credentials;
    private final AuditLog audit;

    PasskeyChanges(Database database, CredentialStore credentials, AuditLog audit) {
        this.database = database;
        this.credentials = credentials;
        this.audit = audit;
    }

    /// Whoever changes something, from where.
    ///
    /// @param address as the audit log has it
    record Changer(AccountId account, HomeId home, String address) {}

    /// @return false where the person has no such passkey
    boolean rename(Changer who, PasskeyId id, String name) {
        return database.inTransaction(tx -> rename(tx, who, id, name));
    }

    private boolean rename(Handle tx, Changer who, PasskeyId id, String name) {
        if (!credentials.rename(tx, who.account(), id, name)) {
            return false;
        }
        audit.append(
                tx,
                new AuditEvent.PasskeyRenamed(
                        who.account().value(), who.home().value(), id.value(), name),
                who.address());
        return true;
    }

    /// @return false where the person has no such passkey
    boolean remove(Changer who, PasskeyId id) {
        return database.inTransaction(tx -> remove(tx, who, id));
    }

    private boolean remove(Handle tx, Changer who, PasskeyId id) {
        Optional<String> name = credentials.remove(tx, who.account(), id);
        name.ifPresent(
                known ->
                        audit.append(
                                tx,
                                new AuditEvent.PasskeyRemoved(
                                        who.account().value(),
                                        who.home().value(),
                                        id.value(),
                                        known),
                                who.address()));
        return name.isPresent();
    }
}
