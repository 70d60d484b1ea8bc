package dev.vestibule.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a browser brings back from an authenticator, read and held against limits (attack: CBOR of
/// any size for a parser to choke on). Bytes are base64url, of which each has one spelling.
sealed interface CeremonyAnswer {

    /// A page of ours posts less, and a body of this size is read at a glance.
    int TEXT_MAX = 32 * 1024;

    int ATTESTATION_BYTES_MAX = 8 * 1024;
    int AUTHENTICATOR_DATA_BYTES_MAX = 2 * 1024;

    /// Of an RSA key of 4,096 bits, twice.
    int SIGNATURE_BYTES_MAX = 1024;

    /// WebAuthn section 5.8.4 and what has been registered since. Unknown ones are left out.
    Set<String> TRANSPORTS = Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

    /// A new key (`RegistrationResponseJSON`).
    ///
    /// @param transports known words, in order, each once
    record Registration(
            CredentialId id, String clientData, String attestation, List<String> transports)
            implements CeremonyAnswer {
        public Registration {
            transports = List.copyOf(transports);
        }
    }

    /// A signature (`AuthenticationResponseJSON`). It names its user, since nobody typed a name.
    record Authentication(
            CredentialId id,
            String clientData,
            String authenticatorData,
            String signature,
            UserHandle userHandle)
            implements CeremonyAnswer {}

    static Optional<Registration> registration(String text) {
        return read(text)
                .flatMap(
                        answer -> {
                            JsonNode response = answer.path("response");
                            Optional<CredentialId> id = id(answer);
                            Optional<String> client =
                                    bytes(response, "clientDataJSON", ClientData.BYTES_MAX);
                            Optional<String> attestation =
                                    bytes(response, "attestationObject", ATTESTATION_BYTES_MAX);
                            return id.isEmpty() || client.isEmpty() || attestation.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Registration(
                                                    id.get(),
                                                    client.get(),
                                                    attestation.get(),
                                                    transports(response)));
                        });
    }

    static Optional<Authentication> authentication(String text) {
        return read(text)
                .flatMap(
                        answer -> {
                            JsonNode response = answer.path("response");
                            Optional<CredentialId> id = id(answer);
                            List<String> parts =
                                    Stream.of(
                                                    bytes(
                                                            response,
                                                            "clientDataJSON",
                                                            ClientData.BYTES_MAX),
                                                    bytes(
                                                            response,
                                                            "authenticatorData",
                                                            AUTHENTICATOR_DATA_BYTES_MAX),
                                                    bytes(
                                                            response,
                                                            "signature",
                                                            SIGNATURE_BYTES_MAX),
                                                    bytes(
                                                            response,
                                                            "userHandle",
                                                            UserHandle.BYTES_MAX))
                                            .flatMap(Optional::stream)
                                            .toList();
                            return id.isEmpty() || parts.size() < 4
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Authentication(
                                                    id.get(),
                                                    parts.get(0),
                                                    parts.get(1),
                                                    parts.get(2),
                                                    new UserHandle(parts.get(3))));
                        });
    }

    private static Optional<ObjectNode> read(String text) {
        return text.length() > TEXT_MAX
                ? Optional.empty()
                : PasskeyJson.object(text)
                        .filter(
                                answer ->
                                        PasskeyJson.text(answer, "type")
                                                .equals(Optional.of("public-key")));
    }

    private static Optional<CredentialId> id(ObjectNode answer) {
        return bytes(answer, "id", CredentialId.BYTES_MAX)
                .filter(id -> PasskeyJson.text(answer, "rawId").equals(Optional.of(id)))
                .map(CredentialId::new);
    }

    private static Optional<String> bytes(JsonNode node, String name, int most) {
        return PasskeyJson.bytes(node, name, most).map(Base64Url::encode);
    }

    private static List<String> transports(JsonNode response) {
        return StreamSupport.stream(response.path("transports").spliterator(), false)
                .map(JsonNode::asText)
                .filter(TRANSPORTS::contains)
                .distinct()
                .toList();
    }
}
