package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.KioskControl;
import dev.vestibule.kiosk.Kiosks;
import dev.vestibule.kiosk.TabletKeyStore;
import dev.vestibule.kiosk.TabletKeyStore.Listed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What the operator of this machine may ask of a running gateway about tablets' keys. Safe to
/// share between threads.
final class OperatorKiosks implements KioskControl {

    private final Gateway gateway;
    private final TabletKeyStore keys;

    OperatorKiosks(Gateway gateway, TabletKeyStore keys) {
        this.gateway = gateway;
        this.keys = keys;
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
                                        key.approvedBy(),
                                        moment(key.createdAt()),
                                        moment(key.lastUsedAt())))
                .toList();
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// First the key, then what was begun with it: a tablet that signs in between has no key.
    @Override
    public ControlOutcome remove(String id) {
        return keys.remove(id)
                .map(this::signOut)
                .orElseGet(
                        () ->
                                new ControlOutcome.Refused(
                                        "There is no such key. See: vestibule kiosk list"));
    }

    private ControlOutcome signOut(Listed key) {
        gateway.accounts()
                .find(Kiosks.subject(key.home(), key.kiosk()))
                .map(Account::id)
                .ifPresent(account -> gateway.commands().signOut(account.value()));
        return new ControlOutcome.Done(
                "The key is gone, and the tablet '"
                        + key.kiosk()
                        + "' is signed out. Tablets that hold another key come back by"
                        + " themselves.");
    }
}
