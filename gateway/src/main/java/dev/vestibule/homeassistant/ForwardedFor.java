package dev.vestibule.homeassistant;

import java.net.InetAddress;
import java.util.Optional;

/// The address that is named to Home Assistant as the person's, or none.
///
/// @param text an address literal without zone; empty when none is named
record ForwardedFor(String text) {

    static final String NAME = "X-Forwarded-For";
    static final ForwardedFor NOBODY = new ForwardedFor("");

    static ForwardedFor of(InetAddress address) {
        String literal = address.getHostAddress();
        int zone = literal.indexOf('%');
        return new ForwardedFor(zone < 0 ? literal : literal.substring(0, zone));
    }

    Optional<String> header() {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
