package dev.vestibule.kiosk;

import dev.vestibule.admission.Destination;
import dev.vestibule.admission.OfferedWay;
import dev.vestibule.admission.PendingChoiceStore;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.http.Page.Part;
import dev.vestibule.kiosk.Kiosks.Kiosk;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import java.util.List;
import java.util.Optional;

/// What the sign-in page shows on a tablet that must hold a key. Safe to share between threads.
final class KioskOffer implements OfferedWay {

    private final Kiosks kiosks;
    private final PendingChoiceStore choices;

    KioskOffer(Kiosks kiosks, PendingChoiceStore choices) {
        this.kiosks = kiosks;
        this.choices = choices;
    }

    @Override
    public boolean isOffered(Visitor visitor) {
        return kiosk(visitor).isPresent();
    }

    /// As [KioskWay#comesBack].
    @Override
    public boolean comesBack() {
        return true;
    }

    private Optional<Kiosk> kiosk(Visitor visitor) {
        return kiosks.at(visitor.home(), visitor.presence())
                .filter(kiosk -> kiosk.config().deviceKey() == DeviceKey.REQUIRED);
    }

    /// What lets in an app is a person, never the tablet.
    @Override
    public List<Part> parts(Visitor visitor, Secret choice) {
        Optional<SignInWish> wish =
                Browser.find(visitor)
                        .flatMap(browser -> choices.find(choice, visitor.home(), browser));
        return wish.map(SignInWish::destination)
                        .filter(Destination.HandOff.class::isInstance)
                        .isPresent()
                ? List.of()
                : kiosk(visitor)
                        .map(
                                kiosk ->
                                        KioskPages.offer(
                                                kiosk.config().name(), choice, isAsNeeded(wish)))
                        .orElse(List.of());
    }

    /// A person who came to choose an account on the tablet is not sent on.
    private static boolean isAsNeeded(Optional<SignInWish> wish) {
        return wish.filter(wanted -> wanted.prompt() == Prompt.AS_NEEDED).isPresent();
    }
}
