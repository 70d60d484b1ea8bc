package dev.vestibule.testhouse.home;

import io.netty.handler.codec.http.HttpHeaders;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who asks, when a proxy stands in front; and the refusal of headers that nobody configured.
final class Forwarding {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    private final boolean isTrusted;

    Forwarding(boolean isTrusted) {
        this.isTrusted = isTrusted;
    }

    /// The address of the one who asks, or nothing where the request is refused.
    Optional<InetAddress> remote(HttpHeaders headers, InetAddress peer) {
        List<String> lines = headers.getAll(FOR);
        if (lines.isEmpty()) {
            return Optional.of(peer);
        }
        if (!isTrusted || !isProxy(peer) || lines.size() > 1 || !areOthersSane(headers)) {
            return Optional.empty();
        }
        List<InetAddress> chain = chain(lines.getFirst());
        return chain.isEmpty() || hasBadProtoCount(headers, chain.size())
                ? Optional.empty()
                : Optional.of(rightmostStranger(chain));
    }

    private static boolean isProxy(InetAddress address) {
        String text = address.getHostAddress();
        return text.equals("127.0.0.1") || text.equals("0:0:0:0:0:0:0:1");
    }

    private static List<InetAddress> chain(String line) {
        var chain = new ArrayList<InetAddress>();
        for (String one : line.split(",", -1)) {
            Optional<InetAddress> address = Addresses.parse(one.strip());
            if (address.isEmpty()) {
                return List.of();
            }
            chain.add(address.get());
        }
        return chain;
    }

    private static InetAddress rightmostStranger(List<InetAddress> chain) {
        return chain.reversed().stream()
                .filter(address -> !isProxy(address))
                .findFirst()
                .orElse(chain.getFirst());
    }

    private static boolean areOthersSane(HttpHeaders headers) {
        return isSane(headers.getAll(PROTO)) && isSane(headers.getAll(HOST));
    }

    private static boolean isSane(List<String> lines) {
        return lines.isEmpty() || (lines.size() == 1 && !lines.getFirst().isBlank());
    }

    private static boolean hasBadProtoCount(HttpHeaders headers, int addresses) {
        String proto = headers.get(PROTO);
        if (proto == null) {
            return false;
        }
        String[] protos = proto.split(",", -1);
        for (String one : protos) {
            if (one.isBlank()) {
                return true;
            }
        }
        return protos.length != 1 && protos.length != addresses;
    }
}
