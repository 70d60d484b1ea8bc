package dev.vestibule.doctor;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Hint;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether Home Assistant can be opened without the gateway, as far as that can be seen from here:
/// at the configured address where that is no loopback address, at this machine's own addresses,
/// and by the public name with Home Assistant's port.
///
/// A hint, because nobody can tell from here who else reaches those addresses.
final class AroundCheck implements Check {

    private final HomeConfig home;
    private final List<InetAddress> own;

    /// @param own addresses of this machine that others may reach
    AroundCheck(HomeConfig home, List<InetAddress> own) {
        this.home = home;
        this.own = List.copyOf(own);
    }

    static List<InetAddress> addressesOfThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .filter(address -> !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }

    @Override
    public List<Finding> look() {
        String where = "home '" + home.name() + "'";
        List<Origin> open =
                Origin.of(home.homeAssistant().url()).stream()
                        .flatMap(this::aroundTheGateway)
                        .distinct()
                        .filter(
                                address ->
                                        PublicUrlCheck.isHomeAssistant(
                                                address, home.homeAssistant().caFiles()))
                        .toList();
        return open.isEmpty()
                ? List.of(new Fine(where, "no way around the gateway is seen from here"))
                : open.stream()
                        .<Finding>map(
                                address ->
                                        new Hint(
                                                Cause.AROUND_THE_GATEWAY,
                                                where,
                                                "Home Assistant answers at "
                                                        + address
                                                        + " to whoever reaches that address."))
                        .toList();
    }

    private Stream<Origin> aroundTheGateway(Origin homeAssistant) {
        Stream<Origin> here =
                homeAssistant.isLoopback()
                        ? own.stream().map(address -> at(homeAssistant, literal(address)))
                        : Stream.of(homeAssistant);
        Stream<Origin> outside =
                Optional.of(home.publicUrl())
                        .filter(address -> !address.isLoopback())
                        .map(address -> at(homeAssistant, address.host()))
                        .filter(
                                address ->
                                        !address.authority().equals(home.publicUrl().authority()))
                        .stream();
        return Stream.concat(here, outside);
    }

    private static Origin at(Origin homeAssistant, String host) {
        return new Origin(homeAssistant.scheme(), host, homeAssistant.port());
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return bare.indexOf(':') >= 0 ? "[" + bare + "]" : bare;
    }
}
