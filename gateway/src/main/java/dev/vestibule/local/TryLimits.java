package dev.vestibule.local;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.WindowCounter;
import dev.vestibule.visit.Visitor;

import java.time.Duration;
import java.time.InstantSource;

/// How often passwords and codes may be tried, before Home Assistant hears of any. Safe to share
/// between threads.
///
/// Three limits, all of which must leave room: of the address, of the name, and of everybody. The
/// name's slows strangers only: who comes from the listed home networks, or from where the same
/// login was proved before, does not count against it, is not held up by it, and has a share of
/// their own of what everybody may (attack: somebody is locked out by a stranger who types their
/// name).
final class TryLimits {

    static final int PER_ADDRESS_AND_MINUTE = 10;
    static final int PER_NAME = 10;
    static final int OF_ALL_PER_MINUTE = 120;
    private static final Duration NAME_WINDOW = Duration.ofMinutes(10);

    private final NetworkConfig network;
    private final FamiliarNetworks familiar;
    private final AddressLimiter addresses;
    private final WindowCounter<LoginName> names;
    private final WindowCounter<Group> everybody;

    private enum Group {
        FAMILIAR,
        STRANGERS
    }

    TryLimits(InstantSource time, NetworkConfig network, FamiliarNetworks familiar) {
        this.network = network;
        this.familiar = familiar;
        this.addresses = new AddressLimiter(time, PER_ADDRESS_AND_MINUTE);
        this.names = new WindowCounter<>(time, NAME_WINDOW);
        this.everybody = new WindowCounter<>(time, Duration.ofMinutes(1));
    }

    /// Counts one try.
    ///
    /// @return false where it must not be made now
    boolean tryTake(HomeId home, LoginName name, Visitor visitor) {
        if (!addresses.tryTake(visitor.client())) {
            return false;
        }
        boolean isFamiliar =
                network.isLan(visitor.client())
                        || familiar.isFamiliar(home, name, visitor.client());
        Group group = isFamiliar ? Group.FAMILIAR : Group.STRANGERS;
        return everybody.tryTake(group, OF_ALL_PER_MINUTE)
                && (isFamiliar || names.tryTake(name, PER_NAME));
    }
}
