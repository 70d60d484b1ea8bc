package dev.vestibule.kiosk;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.Presence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tablets that the configuration names. Immutable.
public final class Kiosks {

    /// No provider can be called so: it is no address.
    static final Issuer ISSUER = new Issuer("vestibule:kiosk");

    private final Map<HomeId, List<Kiosk>> kiosks;

    private Kiosks(Map<HomeId, List<Kiosk>> kiosks) {
        this.kiosks = Map.copyOf(kiosks);
    }

    public static Kiosks of(Map<HomeId, List<KioskConfig>> homes) {
        return new Kiosks(
                homes.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        home ->
                                                home.getValue().stream()
                                                        .map(
                                                                config ->
                                                                        new Kiosk(
                                                                                home.getKey(),
                                                                                config))
                                                        .toList())));
    }

    /// One tablet of a home.
    record Kiosk(HomeId home, KioskConfig config) {

        Subject subject() {
            return Kiosks.subject(home, config.name());
        }

        /// An address that is not known is nobody's: whoever forged a header must not become the
        /// tablet.
        boolean isAt(Presence presence) {
            return holds(presence.certificate()) && isIn(presence.client());
        }

        private boolean holds(ClientCertificate certificate) {
            return config.clientCertificates().isEmpty()
                    || (certificate instanceof ClientCertificate.Verified(_, var fingerprint)
                            && config.clientCertificates().contains(fingerprint));
        }

        private boolean isIn(ClientAddress client) {
            return switch (client) {
                case ClientAddress.Known(var address) ->
                        config.trustedNetworks().stream()
                                .anyMatch(network -> network.contains(address));
                case ClientAddress.Unknown _ -> false;
            };
        }
    }

    /// By which a tablet's account is found.
    public static Subject subject(HomeId home, String kiosk) {
        return new Subject(ISSUER, home + "/" + kiosk);
    }

    List<Kiosk> all() {
        return kiosks.values().stream().flatMap(List::stream).toList();
    }

    List<Kiosk> of(HomeId home) {
        return kiosks.getOrDefault(home, List.of());
    }

    /// Which tablet a client is by its address, and its certificate where it must have one; empty
    /// where several could be meant.
    Optional<Kiosk> at(HomeId home, Presence presence) {
        List<Kiosk> there = of(home).stream().filter(kiosk -> kiosk.isAt(presence)).toList();
        return there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty();
    }
}
