package dev.vestibule.kiosk;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.network.ClientAddress;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tablets that the configuration names. Immutable.
public final class Kiosks {

    /// No provider can be called so: it is no address.
    static final Issuer ISSUER = new Issuer("vestibule:kiosk");

    private final Map<HomeId, List<Kiosk>> kiosks;

    public Kiosks(List<HomeConfig> homes) {
        this.kiosks =
                homes.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        HomeConfig::name,
                                        home ->
                                                home.signIn().kiosks().stream()
                                                        .map(
                                                                config ->
                                                                        new Kiosk(
                                                                                home.name(),
                                                                                config))
                                                        .toList()));
    }

    /// One tablet of a home.
    record Kiosk(HomeId home, KioskConfig config) {

        Subject subject() {
            return Kiosks.subject(home, config.name());
        }

        /// An address that is not known is nobody's: whoever forged a header must not become the
        /// tablet.
        boolean isAt(ClientAddress client) {
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

    List<Kiosk> of(HomeId home) {
        return kiosks.getOrDefault(home, List.of());
    }

    /// Which tablet a client is by its address; empty where several could be meant.
    Optional<Kiosk> at(HomeId home, ClientAddress client) {
        List<Kiosk> there = of(home).stream().filter(kiosk -> kiosk.isAt(client)).toList();
        return there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty();
    }
}
