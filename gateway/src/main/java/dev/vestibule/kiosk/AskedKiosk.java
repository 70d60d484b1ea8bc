package dev.vestibule.kiosk;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.explain.Means;
import dev.vestibule.explain.Means.Demand;
import dev.vestibule.explain.Means.Hindrance;
import dev.vestibule.kiosk.Kiosks.Kiosk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a wall tablet would show to be one.
record AskedKiosk(AccountStore accounts, Kiosks kiosks, KioskWay way, TabletKeyStore keys)
        implements AskedWay {

    private static final String WAY = "wall tablet";

    @Override
    public List<Means> meansOf(Account account, HomeId home) {
        return account.origin() == AccountOrigin.KIOSK ? List.of(means(account, home)) : List.of();
    }

    private Means means(Account account, HomeId home) {
        if (!account.isHere()) {
            return Means.missing(WAY, Hindrance.ACCOUNT_REMOVED);
        }
        Optional<Kiosk> listed =
                kiosks.of(home).stream().filter(kiosk -> isOf(kiosk, account)).findFirst();
        if (listed.isEmpty()) {
            return Means.missing(WAY, Hindrance.TABLET_NOT_LISTED);
        }
        Kiosk kiosk = listed.get();
        boolean needsKey = kiosk.config().deviceKey() == DeviceKey.REQUIRED;
        return needsKey && !keys.hasAny(kiosk)
                ? Means.missing(WAY, Hindrance.NO_KEY_APPROVED)
                : new Means(
                        WAY,
                        new Means.Proof.Own(way.appointed(kiosk, ""), demands(kiosk, needsKey)));
    }

    private boolean isOf(Kiosk kiosk, Account account) {
        return accounts.find(kiosk.subject())
                .map(Account::id)
                .filter(account.id()::equals)
                .isPresent();
    }

    private static List<Demand> demands(Kiosk kiosk, boolean needsKey) {
        List<Demand> demands = new ArrayList<>(List.of(Demand.TABLETS_NETWORK));
        if (!kiosk.config().clientCertificates().isEmpty()) {
            demands.add(Demand.TABLETS_CERTIFICATE);
        }
        if (needsKey) {
            demands.add(Demand.TABLETS_KEY);
        }
        return demands;
    }
}
