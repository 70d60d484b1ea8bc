package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.cli.AuditControl;
import dev.vestibule.store.Cursor;
import dev.vestibule.telling.Telling;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// What the operator of this machine may ask of a running gateway about the audit log. Safe to
/// share between threads.
final class OperatorAudit implements AuditControl {

    private final AuditStore audit;
    private final AccountStore accounts;
    private final Telling telling;

    OperatorAudit(AuditStore audit, AccountStore accounts, Telling telling) {
        this.audit = audit;
        this.accounts = accounts;
        this.telling = telling;
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
        List<String> sentences = telling.tellPlainly(page.lines());
        return new AuditPage(
                IntStream.range(0, page.lines().size())
                        .mapToObj(i -> entry(page.lines().get(i), sentences.get(i)))
                        .toList(),
                page.next().map(Cursor::toString).orElse(""));
    }

    private static AuditEntry entry(AuditLine line, String sentence) {
        return new AuditEntry(
                line.id(),
                line.at().toString(),
                line.kind(),
                line.address(),
                line.detail(),
                sentence);
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
