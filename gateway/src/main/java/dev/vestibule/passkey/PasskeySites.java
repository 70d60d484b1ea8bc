package dev.vestibule.passkey;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.visit.Visitor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The homes whose people may have passkeys.
record PasskeySites(Map<HomeId, PasskeySite> all) {

    PasskeySites {
        all = Map.copyOf(all);
    }

    static PasskeySites of(List<HomeConfig> homes) {
        Map<HomeId, PasskeySite> sites = new HashMap<>();
        homes.stream()
                .filter(home -> home.signIn().passkeys())
                .forEach(
                        home ->
                                PasskeySite.of(home)
                                        .ifPresent(site -> sites.put(home.name(), site)));
        return new PasskeySites(sites);
    }

    /// Empty where passkeys are not switched on: then nothing of this room is there.
    Optional<PasskeySite> of(Visitor visitor) {
        return Optional.ofNullable(all.get(visitor.home()));
    }

    /// As [#of(Visitor)], for visitors who are where people sign in.
    Optional<PasskeySite> at(Visitor visitor) {
        return of(visitor).filter(site -> site.canonical().equals(visitor.origin()));
    }
}
