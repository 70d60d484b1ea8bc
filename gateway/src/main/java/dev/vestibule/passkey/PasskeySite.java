package dev.vestibule.passkey;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the passkeys of a home are made and used.
///
/// @param canonical where people sign in
/// @param origins the pages that may ask for them: the addresses of the home with exactly this host
///   (attack: a page on a host below it, on another port, or on plain http)
record PasskeySite(HomeId home, RpId rpId, Origin canonical, Set<Origin> origins) {

    PasskeySite {
        origins = Set.copyOf(origins);
    }

    /// Empty where browsers have no passkeys for the home's canonical address.
    static Optional<PasskeySite> of(HomeConfig home) {
        return RpId.of(home.publicUrl())
                .map(
                        rpId ->
                                new PasskeySite(
                                        home.name(),
                                        rpId,
                                        home.publicUrl(),
                                        Stream.concat(
                                                        Stream.of(home.publicUrl()),
                                                        home.origins().stream())
                                                .filter(at -> at.host().equals(rpId.value()))
                                                .filter(Origin::hasPasskeys)
                                                .collect(Collectors.toUnmodifiableSet())));
    }

    /// Whether a browser may say that its page is at this origin. Browsers write an origin in one
    /// way, so it is compared as text (WebAuthn section 13.4.9).
    boolean isOwn(String origin) {
        return origins.stream().anyMatch(own -> own.toString().equals(origin));
    }
}
