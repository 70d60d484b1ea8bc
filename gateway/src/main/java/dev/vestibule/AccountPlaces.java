package dev.vestibule;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.emergency.BreakGlassPlaces;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.kiosk.KioskPlaces;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.Places;
import dev.vestibule.policy.Presence;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where accounts may be used from: what ties a wall tablet to its network, and an emergency to the
/// home, and whom Home Assistant lets in from home only. Safe to share between threads.
final class AccountPlaces implements Places {

    private final KioskPlaces kiosks;
    private final BreakGlassPlaces emergencies;
    private final Function<HomeId, LocalOnlyUsers> localOnly;
    private final List<Cidr> lan;

    AccountPlaces(
            KioskPlaces kiosks,
            BreakGlassPlaces emergencies,
            Function<HomeId, LocalOnlyUsers> localOnly,
            List<Cidr> lan) {
        this.kiosks = kiosks;
        this.emergencies = emergencies;
        this.localOnly = localOnly;
        this.lan = List.copyOf(lan);
    }

    @Override
    public Optional<Verdict> known(HomeId home, AccountId account, Presence presence) {
        boolean isSure =
                isAtHome(presence.client())
                        || (emergencies.isKnownToBeFree(account)
                                && !localOnly.apply(home).isAnybody());
        return kiosks.known(home, account, presence)
                .filter(isInPlace -> isInPlace && isSure)
                .map(_ -> Verdict.HERE);
    }

    @Override
    public Verdict judge(HomeId home, AccountId account, Presence presence) {
        if (!kiosks.judge(home, account, presence)) {
            return Verdict.NOT_AT_ITS_PLACE;
        }
        if (isAtHome(presence.client())) {
            return Verdict.HERE;
        }
        if (!emergencies.mayBeAway(home, account)) {
            return Verdict.NOT_AT_HOME;
        }
        try {
            return localOnly.apply(home).test(account) ? Verdict.NOT_AT_HOME : Verdict.HERE;
        } catch (HomeAssistantUnavailable away) {
            return Verdict.UNKNOWN;
        }
    }

    @Override
    public Optional<Verdict> foresee(HomeId home, AccountId account, Presence presence) {
        if (!kiosks.foresee(home, account, presence)) {
            return Optional.of(Verdict.NOT_AT_ITS_PLACE);
        }
        if (isAtHome(presence.client())) {
            return Optional.of(Verdict.HERE);
        }
        return emergencies.mayBeAway(home, account)
                ? localOnly
                        .apply(home)
                        .foresee(account)
                        .map(isTied -> isTied ? Verdict.NOT_AT_HOME : Verdict.HERE)
                : Optional.of(Verdict.NOT_AT_HOME);
    }

    /// An address that is not known is not at home.
    private boolean isAtHome(ClientAddress client) {
        return switch (client) {
            case ClientAddress.Known(var address) ->
                    lan.stream().anyMatch(network -> network.contains(address));
            case ClientAddress.Unknown _ -> false;
        };
    }
}
