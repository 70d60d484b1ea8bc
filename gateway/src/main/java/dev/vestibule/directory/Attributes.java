package dev.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// The attributes of a document that stand in columns too.
final class Attributes {

    private Attributes() {}

    static Optional<String> externalId(ObjectNode document) {
        return Optional.ofNullable(document.path("externalId").textValue());
    }
}
