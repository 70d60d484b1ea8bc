package dev.vestibule.socket;

import dev.vestibule.proxy.UpstreamAddress;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What a websocket needs to know about its home.
///
/// @param version what `auth_required` says, as Home Assistant last said it; never waits
/// @param namesClient whether Home Assistant accepts forwarding headers from us; never waits
/// @param isLeft whether the operator takes the gateway away from the home, or did; never waits
public record SocketHome(
        UpstreamAddress address,
        Supplier<String> version,
        BooleanSupplier namesClient,
        BooleanSupplier isLeft,
        SocketAdmission admission,
        OwnTokenCommands ownTokens) {}
