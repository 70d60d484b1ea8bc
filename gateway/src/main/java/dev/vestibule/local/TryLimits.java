package dev.vestibule.local;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.WindowCounter;
import dev.vestibule.visit.Visitor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// How often passwords may be tried, before Home Assistant hears of any. Safe to share between
/// threads. Codes of a second factor are counted by whose they are, in admission.
///
/// To sign in, three limits must leave room: of the address, of the name, and of everybody. Who
/// comes from the listed home networks, or from where the same login was proved before, neither
/// counts against what strangers may nor is held up by it (attack: somebody is locked out by a
/// stranger who types their name).
///
/// For them the name has a far wider limit (attack: a device at home tries passwords for ever): one
/// for the whole home, and one for each place where the login was proved before, so that the device
/// does not lock out people where they usually are. An IPv6 /64 is one place (attack: the device
/// takes another address for each try), so there it does.
///
/// To link, the name's has no exception, and there is one of the account (attack: somebody who
/// lives in the house tries the passwords of the others).
final class TryLimits {

    static final int PER_ADDRESS_AND_MINUTE = 10;
    static final int PER_NAME = 10;
    static final int PER_FAMILIAR_NAME_AND_HOUR = 100;
    static final int PER_ACCOUNT_AND_HOUR = 10;
    static final int OF_ALL_PER_MINUTE = 120;

    private final NetworkConfig network;
    private final FamiliarNetworks familiar;
    private final AddressLimiter addresses;
    private final WindowCounter<LoginName> names;
    private final WindowCounter<Share> familiarNames;
    private final WindowCounter<LoginName> linkedNames;
    private final WindowCounter<AccountId> accounts;
    private final WindowCounter<Group> everybody;

    /// Who shares a limit.
    ///
    /// @param usual where the login was proved before; empty for everybody at home
    private record Share(LoginName name, Optional<Cidr> usual) {}

    private enum Group {
        FAMILIAR,
        STRANGERS
    }

    TryLimits(InstantSource time, NetworkConfig network, FamiliarNetworks familiar) {
        this.network = network;
        this.familiar = familiar;
        this.addresses = new AddressLimiter(time, PER_ADDRESS_AND_MINUTE);
        this.names = new WindowCounter<>(time, Room.NONE_FOR_THE_NAME.patience());
        this.familiarNames = new WindowCounter<>(time, Room.NONE_FOR_THE_FAMILIAR.patience());
        this.linkedNames = new WindowCounter<>(time, Room.NONE_FOR_THE_NAME.patience());
        this.accounts = new WindowCounter<>(time, Room.NONE_FOR_THE_ACCOUNT.patience());
        this.everybody = new WindowCounter<>(time, Duration.ofMinutes(1));
    }

    /// Counts one password.
    Room tryPassword(Visitor visitor, LoginName name, LoginPurpose purpose) {
        boolean isUsual = familiar.isFamiliar(visitor.home(), name, visitor.client());
        boolean isFamiliar = isUsual || network.isLan(visitor.client());
        Group group = isFamiliar ? Group.FAMILIAR : Group.STRANGERS;
        if (!tryAddress(visitor) || !everybody.tryTake(group, OF_ALL_PER_MINUTE)) {
            return Room.NONE_FOR_THE_ADDRESS;
        }
        return switch (purpose) {
            case LoginPurpose.SignIn() ->
                    isFamiliar ? tryFamiliar(visitor, name, isUsual) : tryName(name);
            case LoginPurpose.Link(var account, _) -> tryLink(name, account);
        };
    }

    private Room tryName(LoginName name) {
        return names.tryTake(name, PER_NAME) ? Room.LEFT : Room.NONE_FOR_THE_NAME;
    }

    private Room tryFamiliar(Visitor visitor, LoginName name, boolean isUsual) {
        Cidr here = AddressLimiter.networkOf(visitor.client().accountable());
        Share share = new Share(name, Optional.of(here).filter(_ -> isUsual));
        return familiarNames.tryTake(share, PER_FAMILIAR_NAME_AND_HOUR)
                ? Room.LEFT
                : Room.NONE_FOR_THE_FAMILIAR;
    }

    private Room tryLink(LoginName name, AccountId account) {
        if (!accounts.tryTake(account, PER_ACCOUNT_AND_HOUR)) {
            return Room.NONE_FOR_THE_ACCOUNT;
        }
        return linkedNames.tryTake(name, PER_NAME) ? Room.LEFT : Room.NONE_FOR_THE_NAME;
    }

    /// Counts one answer of whatever kind.
    boolean tryAddress(Visitor visitor) {
        return addresses.tryTake(visitor.client());
    }
}
