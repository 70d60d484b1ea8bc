package dev.vestibule.kiosk;

import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Profile;
import dev.vestibule.admission.Proof;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.ProvenIdentity.Stay;
import dev.vestibule.admission.SilentWay;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.kiosk.Kiosks.Kiosk;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Signs a wall tablet in by the network it is in, without a page, so that it comes straight to its
/// dashboard, also after a reload and after Home Assistant has restarted. Safe to share between
/// threads.
///
/// A person who signed in on the tablet stays signed in: the tablet waits until they have left.
final class KioskWay implements SilentWay {

    private final Kiosks kiosks;
    private final Map<HomeId, Duration> lifetimes;

    /// @param lifetimes how long a session lasts at each home
    KioskWay(Kiosks kiosks, Map<HomeId, Duration> lifetimes) {
        this.kiosks = kiosks;
        this.lifetimes = Map.copyOf(lifetimes);
    }

    @Override
    public Optional<ProvenIdentity> identify(Visitor visitor, Optional<Insider> insider) {
        return insider.isPresent()
                ? Optional.empty()
                : kiosks.at(visitor.home(), visitor.presence())
                        .filter(kiosk -> kiosk.config().deviceKey() == DeviceKey.OFF)
                        .map(kiosk -> appointed(kiosk, ""));
    }

    /// Attack: a passer-by presses "Log out", and the tablet shows nothing until somebody comes.
    @Override
    public boolean comesBack() {
        return true;
    }

    /// The identity of a tablet that was proven. What ties it to its place is [KioskPlaces].
    ///
    /// @param key names the key that it holds; the empty text where it needs none
    ProvenIdentity appointed(Kiosk kiosk, String key) {
        return new ProvenIdentity.Appointed(
                kiosk.subject(),
                new Profile(kiosk.config().name(), kiosk.config().name()),
                AccountOrigin.KIOSK,
                kiosk.config().role(),
                new Proof(SignInWay.KIOSK, key),
                new Stay(lifetimes.getOrDefault(kiosk.home(), Duration.ZERO), Reach.ANYWHERE));
    }
}
