package dev.vestibule;

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

    private final TabletKeyStore keys;
    private final TabletKeyRemoval removal;

    OperatorKiosks(TabletKeyStore keys, TabletKeyRemoval removal) {
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
                                        key.approvedBy(),
                                        moment(key.createdAt()),
                                        moment(key.lastUsedAt())))
                .toList();
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
