package dev.vestibule.benchmarks;

import java.net.URI;

/// Something that stands in front of the home and is measured.
///
/// @param name as it stands in the tables
/// @param address scheme, host and port
/// @param program whose processor time and memory count
record Contender(String name, URI address, Program program) {

    URI at(String path) {
        return address.resolve(path);
    }

    URI socket() {
        return URI.create("ws://" + address.getAuthority() + "/api/websocket");
    }
}
