package dev.vestibule.passkey;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;

/// What an attestation may look like where none was asked for (WebAuthn section 5.1.3 step "none"):
/// nothing at all, or the new key vouching for itself. Certificates of strangers are not even read.
final class AttestationForm {

    private static final Set<String> MEMBERS = Set.of("fmt", "attStmt", "authData");
    private static final Set<String> SELF_ATTESTATION = Set.of("alg", "sig");

    private AttestationForm() {}

    static boolean isPlain(JsonNode attestation) {
        JsonNode statement = attestation.path("attStmt");
        return attestation.isObject()
                && names(attestation).equals(MEMBERS)
                && attestation.path("authData").isBinary()
                && statement.isObject()
                && switch (attestation.path("fmt").asString("")) {
                    case "none" -> statement.isEmpty();
                    case "packed" -> names(statement).equals(SELF_ATTESTATION);
                    default -> false;
                };
    }

    private static Set<String> names(JsonNode object) {
        return new HashSet<>(object.propertyNames());
    }
}
