package dev.vestibule.local;

import dev.vestibule.account.Account;
import dev.vestibule.admission.HomeRefusal;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.config.HomeId;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.explain.Means;
import dev.vestibule.explain.Means.Demand;
import dev.vestibule.explain.Means.Hindrance;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What somebody could do with a login of Home Assistant: come in by it, or keep its user. Whether
/// they have one, and as whom it would be taken, Home Assistant is asked.
record AskedLocalLogin(LoginHomes homes, LocalDoor door, Links links) implements AskedWay {

    private static final String PASSWORD = "password";
    private static final String LINKING = "linking";

    @Override
    public List<Means> meansOf(Account account, HomeId home) {
        return account.origin().isAPersons()
                ? List.of(password(account, home), linking(account, home))
                : List.of();
    }

    private Means password(Account account, HomeId home) {
        LocalDoor.Opening opening = door.at(home);
        return switch (opening) {
            case OFF -> Means.missing(PASSWORD, Hindrance.LOCAL_LOGIN_OFF);
            case CLOSED -> Means.missing(PASSWORD, Hindrance.LOCAL_LOGIN_CLOSED);
            case AT_HOME, EVERYWHERE -> asked(account, homes.get(home), opening);
        };
    }

    private static Means asked(Account account, LoginHome home, LocalDoor.Opening opening) {
        try {
            return home.homeSignIn()
                    .userOf(account.id())
                    .map(user -> as(account, user, home, opening))
                    .orElseGet(() -> Means.missing(PASSWORD, Hindrance.NO_USER));
        } catch (HomeAssistantUnavailable _) {
            return Means.missing(PASSWORD, Hindrance.HOME_AWAY);
        }
    }

    private static Means as(
            Account account, HomeAssistantUser user, LoginHome home, LocalDoor.Opening opening) {
        if (!home.homeSignIn().hasLoginOfTheirOwn(account.id(), user)) {
            return Means.missing(PASSWORD, Hindrance.NO_LOGIN_OF_THEIR_OWN);
        }
        return HomeLogins.refusalOf(user, true)
                .map(refusal -> Means.missing(PASSWORD, hindrance(refusal)))
                .orElseGet(
                        () ->
                                new Means(
                                        PASSWORD,
                                        new Means.Proof.Own(
                                                new ProvenIdentity.HomeUser(user),
                                                demands(user, opening))));
    }

    private static Hindrance hindrance(HomeRefusal refusal) {
        return refusal == HomeRefusal.INACTIVE
                ? Hindrance.USER_SWITCHED_OFF
                : Hindrance.USER_NOT_FOR_PEOPLE;
    }

    private static List<Demand> demands(HomeAssistantUser user, LocalDoor.Opening opening) {
        List<Demand> demands = new ArrayList<>(List.of(Demand.PASSWORD));
        boolean isRefusedElsewhere = HomeLogins.refusalOf(user, false).isPresent();
        if (opening == LocalDoor.Opening.AT_HOME || isRefusedElsewhere) {
            demands.add(Demand.AT_HOME);
        }
        return demands;
    }

    private Means linking(Account account, HomeId home) {
        if (!door.isLinkingOffered(home)) {
            return Means.missing(LINKING, Hindrance.LINKING_OFF);
        }
        Optional<Hindrance> hindrance = links.hindrance(home, account.id());
        return hindrance
                .map(why -> Means.missing(LINKING, why))
                .orElseGet(() -> new Means(LINKING, new Means.Proof.Inside()));
    }
}
