package dev.vestibule.passkey;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

/// Renames and removes passkeys, ends what they opened, and writes down who did. Safe to share
/// between threads.
final class PasskeyChanges {

    private final Database database;
    private final CredentialStore credentials;
    private final Endings endings;
    private final AuditLog audit;

    PasskeyChanges(
            Database database, CredentialStore credentials, Endings endings, AuditLog audit) {
        this.database = database;
        this.credentials = credentials;
        this.endings = endings;
        this.audit = audit;
    }

    /// What ends browsers, people, and codes that nobody has redeemed yet.
    record Endings(
            SessionService sessions,
            SessionLifecycle browsers,
            AccountLifecycle accounts,
            AuthorizationCodeStore codes) {}

    /// Whoever changes something, from where.
    ///
    /// @param address as the audit log has it
    record Changer(AccountId account, SessionId session, HomeId home, String address) {

        static Changer of(Insider insider, Visitor visitor) {
            return new Changer(
                    insider.account().id(),
                    insider.session().id(),
                    visitor.home(),
                    visitor.address());
        }

        Cause because(EndReason reason) {
            return new Cause(account.value(), reason, address);
        }
    }

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

    /// Removes it, and signs out every other browser that signed in with it: a device was lost.
    /// What the person's apps and programs have not redeemed yet ends, whatever it was made with:
    /// it is in no list where they would find it.
    ///
    /// @return false where the person has no such passkey
    boolean remove(Changer who, PasskeyId id) {
        return database.inTransaction(
                        tx ->
                                credentials
                                        .remove(tx, who.account(), id)
                                        .map(name -> removed(tx, who, id, name)),
                        ended -> ended.ifPresent(Ended::cut))
                .isPresent();
    }

    private Ended removed(Handle tx, Changer who, PasskeyId id, String name) {
        audit.append(
                tx,
                new AuditEvent.PasskeyRemoved(
                        who.account().value(), who.home().value(), id.value(), name),
                who.address());
        endings.codes().endAppsOf(tx, who.account());
        return endings.browsers()
                .endSessions(
                        tx,
                        endings
                                .sessions()
                                .ofProviderSession(tx, NewPasskeys.ISSUER, id.value())
                                .stream()
                                .filter(session -> !session.id().equals(who.session()))
                                .toList(),
                        who.because(EndReason.PASSKEY_REMOVED));
    }

    /// Removes a passkey that the person does not know, with every other that still waits for an
    /// answer, and ends all that is open in their name: whoever added it was signed in as them, and
    /// may have added more, to be in again at once.
    void disown(Changer who) {
        var _ = database.inTransaction(tx -> disowned(tx, who), Ended::cut);
    }

    private Ended disowned(Handle tx, Changer who) {
        for (PasskeyId id : NewPasskeys.idsOf(tx, who.account())) {
            credentials
                    .remove(tx, who.account(), id)
                    .ifPresent(
                            name ->
                                    audit.append(
                                            tx,
                                            new AuditEvent.PasskeyDisowned(
                                                    who.account().value(),
                                                    who.home().value(),
                                                    id.value(),
                                                    name),
                                            who.address()));
        }
        return endings.accounts()
                .signOutEverywhere(tx, who.account(), who.because(EndReason.PASSKEY_NOT_THEIRS));
    }
}
