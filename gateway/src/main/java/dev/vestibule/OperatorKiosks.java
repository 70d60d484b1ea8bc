package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.KioskControl;
import dev.vestibule.kiosk.TabletKeyRemoval;
import dev.vestibule.kiosk.TabletKeyStore;
import dev.vestibule.kiosk.TabletKeyStore.Listed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What the operator of this machine may ask of a running gateway about tablets' keys. Safe to
/// share between threads.
final class OperatorKiosks implements KioskControl {

    private final AccountStore accounts;
    private final TabletKeyStore keys;
    private final TabletKeyRemoval removal;

    OperatorKiosks(AccountStore accounts, TabletKeyStore keys, TabletKeyRemoval removal) {
        this.accounts = accounts;
        this.keys = keys;
        this.removal = removal;
    }

    @Override
    public List<KioskKeyLine> list() {
        return keys.list().stream()
                .map(
                        key ->
                                new KioskKeyLine(
                                        key.id(),
                                        key.home().value(),
                                        key.kiosk(),
                                        key.device(),
                                        approver(key),
                                        moment(key.createdAt()),
                                        moment(key.lastUsedAt())))
                .toList();
    }

    /// What they are called now; what they were called then where nobody knows who it was any more.
    private String approver(Listed key) {
        return accounts.find(new AccountId(key.approverId()))
                .map(Account::username)
                .orElse(key.approvedBy());
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public ControlOutcome remove(String id) {
        return removal.remove(id, OperatorCommands.CAUSE)
                .map(OperatorKiosks::done)
                .orElseGet(
                        () ->
                                new ControlOutcome.Refused(
                                        "There is no such key. See: vestibule kiosk list"));
    }

    private static ControlOutcome done(Listed key) {
        return new ControlOutcome.Done(
                "The key is gone, and the tablet '"
                        + key.kiosk()
                        + "' is signed out. Tablets that hold another key come back by"
                        + " themselves.");
    }
}
