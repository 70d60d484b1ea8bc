package dev.vestibule.firstrun;

import dev.vestibule.config.ListenAddress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// What the console says about where the page is.
final class OpenAt {

    private static final int ADDRESSES_MAX = 4;

    private OpenAt() {}

    /// @param port that was really opened
    static List<String> lines(ListenAddress listen, int port) {
        List<String> lines = new ArrayList<>();
        lines.add("Open the first-run page in a browser:");
        addresses(listen)
                .forEach(
                        address ->
                                lines.add(
                                        "  http://"
                                                + new ListenAddress(address, port)
                                                + FirstRunDoor.PATH));
        if (listen.isLoopback()) {
            lines.add("From another machine: ssh -L " + port + ":127.0.0.1:" + port + " and the");
            lines.add("name of this one, or --listen with an address of a network that you trust.");
        } else {
            lines.add("This is plain http: whoever is between your browser and this machine can");
            lines.add("read what you type, Home Assistant's password too.");
        }
        return lines;
    }

    private static List<String> addresses(ListenAddress listen) {
        InetAddress address = InetAddress.ofLiteral(listen.address());
        return address.isAnyLocalAddress() ? everyAddress() : List.of(listen.address());
    }

    /// IPv4 alone: what people can type.
    private static List<String> everyAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .limit(ADDRESSES_MAX)
                    .toList();
        } catch (SocketException unknown) {
            return List.of("127.0.0.1");
        }
    }
}
