package dev.vestibule.passkey;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.visit.Visitor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The homes whose people may have passkeys.
///
/// @param switchedOn those where the configuration wants them; browsers may have none there
record PasskeySites(Map<HomeId, PasskeySite> all, Set<HomeId> switchedOn) {

    PasskeySites {
        all = Map.copyOf(all);
        switchedOn = Set.copyOf(switchedOn);
    }

    static PasskeySites of(List<HomeConfig> homes) {
        Map<HomeId, PasskeySite> sites = new HashMap<>();
        Set<HomeId> switchedOn = new HashSet<>();
        homes.stream()
                .filter(home -> home.signIn().passkeys())
                .forEach(
                        home -> {
                            switchedOn.add(home.name());
                            PasskeySite.of(home).ifPresent(site -> sites.put(home.name(), site));
                        });
        return new PasskeySites(sites, switchedOn);
    }

    /// Empty where passkeys are not switched on: then nothing of this room is there.
    Optional<PasskeySite> of(Visitor visitor) {
        return of(visitor.home());
    }

    Optional<PasskeySite> of(HomeId home) {
        return Optional.ofNullable(all.get(home));
    }

    /// As [#of(Visitor)], for visitors who are where people sign in.
    Optional<PasskeySite> at(Visitor visitor) {
        return of(visitor).filter(site -> site.canonical().equals(visitor.origin()));
    }
}
