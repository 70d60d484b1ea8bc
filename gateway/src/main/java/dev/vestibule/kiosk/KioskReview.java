package dev.vestibule.kiosk;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.kiosk.Kiosks.Kiosk;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds what wall tablets have from before to what the configuration says now: a tablet never
/// signs in anew, so nothing else would. Owns the table `kiosk_demand`. Run once, at the start.
public final class KioskReview {

    private static final Logger LOG = LoggerFactory.getLogger(KioskReview.class);

    private static final Cause ROLE = cause(EndReason.KIOSK_ROLE_CHANGED);
    private static final Cause KEY = cause(EndReason.KIOSK_KEY_NEEDED);

    private final Database database;
    private final Kiosks kiosks;
    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;

    public KioskReview(
            Database database, Kiosks kiosks, AccountStore accounts, AccountLifecycle lifecycle) {
        this.database = database;
        this.kiosks = kiosks;
        this.accounts = accounts;
        this.lifecycle = lifecycle;
    }

    private static Cause cause(EndReason reason) {
        return new Cause("the configuration", reason, "console");
    }

    public void run() {
        kiosks.all().forEach(this::review);
    }

    private void review(Kiosk kiosk) {
        accounts.find(kiosk.subject())
                .map(Account::id)
                .ifPresent(
                        account -> {
                            alignRole(kiosk, account);
                            demandKey(kiosk, account);
                        });
        // Last: whoever is interrupted before ends everything once more.
        noteDemand(kiosk);
    }

    /// One who has lost their role in the meantime gets none back by this.
    private void alignRole(Kiosk kiosk, AccountId account) {
        var _ =
                database.inTransaction(
                        tx ->
                                accounts.roleOf(tx, account, kiosk.home())
                                        .map(
                                                _ ->
                                                        lifecycle.changeRole(
                                                                tx,
                                                                account,
                                                                kiosk.home(),
                                                                kiosk.config().role(),
                                                                ROLE))
                                        .orElse(Ended.NONE),
                        Ended::cut);
    }

    /// Attack: whoever was in the network before the key was demanded stays in without one.
    private void demandKey(Kiosk kiosk, AccountId account) {
        if (asksForKey(kiosk) && !askedForKey(kiosk)) {
            lifecycle.signOutEverywhere(account, KEY);
            LOG.info(
                    "event=kiosk-signed-out home={} kiosk=\"{}\" reason=device-key",
                    kiosk.home(),
                    kiosk.config().name());
        }
    }

    private static boolean asksForKey(Kiosk kiosk) {
        return kiosk.config().deviceKey() == DeviceKey.REQUIRED;
    }

    /// When the gateway ran last. Where nothing is known of that, it did not.
    private boolean askedForKey(Kiosk kiosk) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT asks_for_key FROM kiosk_demand
                                         WHERE home_id = :home AND kiosk = :kiosk
                                        """)
                                .bind("home", kiosk.home().value())
                                .bind("kiosk", kiosk.config().name())
                                .mapTo(Boolean.class)
                                .findOne()
                                .orElse(false));
    }

    private void noteDemand(Kiosk kiosk) {
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO kiosk_demand (home_id, kiosk, asks_for_key)
                                        VALUES (:home, :kiosk, :asks)
                                            ON CONFLICT (home_id, kiosk)
                                            DO UPDATE SET asks_for_key = excluded.asks_for_key
                                        """)
                                .bind("home", kiosk.home().value())
                                .bind("kiosk", kiosk.config().name())
                                .bind("asks", asksForKey(kiosk))
                                .execute());
    }
}
