package dev.vestibule.socket;

import dev.vestibule.connection.Shares;
import dev.vestibule.proxy.UpstreamAddress;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What a websocket needs to know about its home.
///
/// @param version what `auth_required` says, as Home Assistant last said it; never waits
/// @param namesClient whether Home Assistant accepts forwarding headers from us; never waits
/// @param unowned the connections of callers whom no end of access cuts off; ended, for good, when
///   the operator takes the gateway away from the home
public record SocketHome(
        UpstreamAddress address,
        Supplier<String> version,
        BooleanSupplier namesClient,
        Shares unowned,
        SocketAdmission admission,
        OwnTokenCommands ownTokens) {

    /// Whether the operator takes the gateway away from the home, or did.
    boolean isLeft() {
        return !unowned.isLive();
    }
}
