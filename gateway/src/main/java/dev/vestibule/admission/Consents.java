package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.admission.PendingConsentStore.Question;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.Role;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Visitor;

import java.util.List;
import java.util.Optional;

/// A person's word about a client: it is asked for each time a client comes, counts once, and is
/// written down. Safe to share between threads.
final class Consents {

    private final Database database;
    private final PendingConsentStore pending;
    private final AccountStore accounts;
    private final AuditLog audit;

    Consents(
            Database database, PendingConsentStore pending, AccountStore accounts, AuditLog audit) {
        this.database = database;
        this.pending = pending;
        this.accounts = accounts;
        this.audit = audit;
    }

    /// A question, and the person as they stand now.
    record Asked(Guest guest, ClientRequest client) {}

    /// @param holders what the browser is known by
    Optional<Asked> find(Secret id, Visitor visitor, List<Holder> holders) {
        return holders.stream()
                .flatMap(
                        holder ->
                                pending
                                        .find(id, visitor.home(), holder)
                                        .flatMap(question -> asked(question, visitor, holder))
                                        .stream())
                .findFirst();
    }

    /// Takes the answer, once.
    ///
    /// @return empty where nothing was asked of this browser, or its person may not come in now
    Optional<Asked> answer(Secret id, Visitor visitor, List<Holder> holders, boolean isGiven) {
        return holders.stream()
                .flatMap(holder -> answer(id, visitor, holder, isGiven).stream())
                .findFirst();
    }

    private Optional<Asked> answer(Secret id, Visitor visitor, Holder holder, boolean isGiven) {
        return database.inTransaction(
                tx -> {
                    Optional<Asked> asked =
                            pending.consume(tx, id, visitor.home(), holder)
                                    .flatMap(question -> asked(question, visitor, holder));
                    asked.ifPresent(
                            found ->
                                    audit.append(
                                            tx, event(found, visitor, isGiven), visitor.address()));
                    return asked;
                });
    }

    private static AuditEvent event(Asked asked, Visitor visitor, boolean isGiven) {
        String account = asked.guest().account().id().value();
        String home = visitor.home().value();
        ClientRequest client = asked.client();
        return isGiven
                ? new AuditEvent.ConsentGiven(
                        account, home, client.clientId(), client.kind().name())
                : new AuditEvent.ConsentRefused(
                        account, home, client.clientId(), client.kind().name());
    }

    private Optional<Asked> asked(Question question, Visitor visitor, Holder holder) {
        return accounts.find(question.account())
                .filter(Account::isActive)
                .filter(account -> account.epoch() == question.accountEpoch())
                .flatMap(
                        account ->
                                accounts.roleOf(account.id(), visitor.home())
                                        .flatMap(role -> guest(account, role, holder)))
                .map(guest -> new Asked(guest, question.client()));
    }

    /// Only who is signed in is asked about a client.
    private static Optional<Guest> guest(Account account, Role role, Holder holder) {
        return switch (holder) {
            case Holder.OfSession(var session) -> Optional.of(Guest.of(account, role, session));
            case Holder.OfBrowser _ -> Optional.empty();
        };
    }
}
