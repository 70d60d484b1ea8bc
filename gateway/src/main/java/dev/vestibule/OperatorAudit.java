package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.cli.AuditControl;
import dev.vestibule.store.Cursor;

import java.time.Instant;
import java.util.List;

/// What the operator of this machine may ask of a running gateway about the audit log. Safe to
/// share between threads.
final class OperatorAudit implements AuditControl {

    private final AuditStore audit;
    private final AccountStore accounts;

    OperatorAudit(AuditStore audit, AccountStore accounts) {
        this.audit = audit;
        this.accounts = accounts;
    }

    @Override
    public AuditPage find(AuditWish wish, String place) {
        AuditQuery query =
                AuditQuery.ALL
                        .between(
                                moment(wish.since(), AuditQuery.BEGINNING),
                                moment(wish.until(), AuditQuery.END))
                        .about(accountId(wish.account()))
                        .of(wish.events());
        dev.vestibule.audit.AuditPage page =
                wish.isOldestFirst()
                        ? audit.after(query, cursor(place, Cursor.OLDEST), wish.count())
                        : audit.before(query, cursor(place, Cursor.NEWEST), wish.count());
        return new AuditPage(
                page.lines().stream()
                        .map(
                                line ->
                                        new AuditEntry(
                                                line.id(),
                                                line.at().toString(),
                                                line.kind(),
                                                line.address(),
                                                line.detail()))
                        .toList(),
                page.next().map(Cursor::toString).orElse(""));
    }

    private static Instant moment(String written, Instant otherwise) {
        return written.isEmpty() ? otherwise : Instant.parse(written);
    }

    private static Cursor cursor(String place, Cursor otherwise) {
        return Cursor.parse(place).orElse(otherwise);
    }

    /// What is nobody's user name is an id: that of somebody who was removed is still in the log.
    private String accountId(String named) {
        List<String> ids =
                accounts.list().stream()
                        .filter(account -> account.username().equals(named))
                        .map(Account::id)
                        .map(id -> id.value())
                        .toList();
        return ids.size() == 1 ? ids.getFirst() : named;
    }
}
