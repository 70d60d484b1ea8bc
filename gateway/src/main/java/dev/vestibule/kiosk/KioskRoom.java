package dev.vestibule.kiosk;

import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.OfferedWay;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.admission.SilentWay;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.http.Handler;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// Puts the room together.
public final class KioskRoom {

    private final KioskWay way;
    private final KioskOffer offer;
    private final KioskPending pending;
    private final Handler signIn;
    private final Handler approve;
    private final AskedWay asked;

    /// The ground that the room stands on.
    public record Ground(InstantSource time, Secrets secrets, Database database, AuditLog audit) {}

    /// @param accounts tells which account is which tablet's
    /// @param keys what administrators approved
    public KioskRoom(
            Ground ground,
            AccountStore accounts,
            Admissions admissions,
            Kiosks kiosks,
            TabletKeyStore keys,
            List<HomeConfig> homes) {
        this.way =
                new KioskWay(
                        kiosks,
                        homes.stream()
                                .collect(
                                        Collectors.toUnmodifiableMap(
                                                HomeConfig::name,
                                                home -> home.session().lifetime())));
        this.asked = new AskedKiosk(accounts, kiosks, way, keys);
        this.offer = new KioskOffer(kiosks, admissions.choices());
        this.pending = new KioskPending(ground.time(), ground.secrets(), ground.database());
        this.signIn =
                new PageGuard(
                        new KioskSignInHandler(
                                ground.secrets(), kiosks, way, pending, keys, admissions));
        this.approve =
                new PageGuard(
                        new KioskApprovalHandler(
                                ground.time(),
                                ground.database(),
                                admissions.insiders(),
                                pending,
                                keys,
                                ground.audit()));
    }

    public AskedWay asked() {
        return asked;
    }

    public SilentWay way() {
        return way;
    }

    public OfferedWay offer() {
        return offer;
    }

    public Handler signIn() {
        return signIn;
    }

    public Handler approve() {
        return approve;
    }

    /// Removes what ran out.
    public int sweep() {
        return pending.sweep();
    }
}
