package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.NetworkConfig;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.network.ClientAddress;

import java.net.InetAddress;
import java.util.List;

/// From where something came, and whether that is at home.
final class AddressWords {

    private final NetworkConfig network;

    AddressWords(NetworkConfig network) {
        this.network = network;
    }

    Cell cell(String address) {
        Cell literal = new Cell.Literal(address);
        return isAtHome(address)
                ? new Cell.Several(
                        List.of(literal, new Cell.Badge(text("console.at-home"), Tone.PLAIN)))
                : literal;
    }

    private boolean isAtHome(String address) {
        try {
            return network.isLan(new ClientAddress.Known(InetAddress.ofLiteral(address)));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
