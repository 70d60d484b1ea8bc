package dev.vestibule.testhouse.passkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// An authenticator with discoverable credentials, and the browser that speaks for it. Not to be
/// shared between threads.
public final class VirtualAuthenticator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String AUTH_DATA = "authData";

    private final SecureRandom random = new SecureRandom();
    private final List<Credential> credentials = new ArrayList<>();
    private final Kind kind;

    /// What an authenticator is like.
    ///
    /// @param algorithm of its keys
    /// @param isSynced whether its keys are copied to the person's other devices
    /// @param counts whether it counts signatures; those that sync say 0 for ever
    public record Kind(KeyAlgorithm algorithm, boolean isSynced, boolean counts) {

        /// A key to plug in.
        public static final Kind SECURITY_KEY = new Kind(KeyAlgorithm.ES256, false, true);

        /// What phones and password managers have.
        public static final Kind SYNCED = new Kind(KeyAlgorithm.ES256, true, false);

        public Kind with(KeyAlgorithm other) {
            return new Kind(other, isSynced, counts);
        }

        int flags() {
            return AuthenticatorData.USER_PRESENT
                    | AuthenticatorData.USER_VERIFIED
                    | (isSynced
                            ? AuthenticatorData.BACKUP_ELIGIBLE | AuthenticatorData.BACKED_UP
                            : 0);
        }
    }

    /// One key that it holds.
    private static final class Credential {
        private final byte[] id;
        private final String rpId;
        private final String userHandle;
        private final KeyAlgorithm algorithm;
        private final KeyPair key;
        private long signCount;

        private Credential(
                byte[] id, String rpId, String userHandle, KeyAlgorithm algorithm, KeyPair key) {
            this.id = id;
            this.rpId = rpId;
            this.userHandle = userHandle;
            this.algorithm = algorithm;
            this.key = key;
        }
    }

    public VirtualAuthenticator() {
        this(Kind.SYNCED);
    }

    public VirtualAuthenticator(Kind kind) {
        this.kind = kind;
    }

    /// Makes a credential, as `navigator.credentials.create` does.
    ///
    /// @param options `PublicKeyCredentialCreationOptionsJSON`
    /// @param origin of the page that asks, as browsers write it
    /// @return `RegistrationResponseJSON`
    public ObjectNode create(JsonNode options, String origin) {
        return create(options, origin, Lie.NONE);
    }

    public ObjectNode create(JsonNode options, String origin, Lie lie) {
        byte[] id = new byte[32];
        random.nextBytes(id);
        Credential made =
                new Credential(
                        id,
                        text(options.path("rp"), "id"),
                        text(options.path("user"), "id"),
                        kind.algorithm(),
                        kind.algorithm().newKey());
        credentials.add(made);
        byte[] clientData = clientData("webauthn.create", options, origin, lie);
        AuthenticatorData data =
                lie.authenticatorData()
                        .apply(
                                said(
                                        made,
                                        kind.flags() | AuthenticatorData.HAS_KEY,
                                        made.algorithm.coseKey(made.key.getPublic())));
        byte[] attestation =
                lie.attestationObject().apply(attestationObject("none", Map.of(), data.bytes()));
        ObjectNode answer = credential(made.id);
        answer.putObject("response")
                .put("clientDataJSON", ENCODER.encodeToString(clientData))
                .put("attestationObject", ENCODER.encodeToString(attestation))
                .putArray("transports")
                .add("internal")
                .add("hybrid");
        return lie.answer().apply(answer);
    }

    /// Signs with the newest fitting credential, as `navigator.credentials.get` does.
    ///
    /// @param options `PublicKeyCredentialRequestOptionsJSON`
    /// @return `AuthenticationResponseJSON`
    public ObjectNode get(JsonNode options, String origin) {
        return get(options, origin, Lie.NONE);
    }

    public ObjectNode get(JsonNode options, String origin, Lie lie) {
        Credential used = fitting(options);
        used.signCount += kind.counts() ? 1 : 0;
        byte[] clientData = clientData("webauthn.get", options, origin, lie);
        byte[] data = lie.authenticatorData().apply(said(used, kind.flags(), Map.of())).bytes();
        byte[] signature =
                used.algorithm.sign(
                        used.key.getPrivate(), both(data, AuthenticatorData.sha256(clientData)));
        ObjectNode answer = credential(used.id);
        answer.putObject("response")
                .put("clientDataJSON", ENCODER.encodeToString(clientData))
                .put("authenticatorData", ENCODER.encodeToString(data))
                .put("signature", ENCODER.encodeToString(signature))
                .put("userHandle", used.userHandle);
        return lie.answer().apply(answer);
    }

    /// The statement of an authenticator that vouches for its new key with that key itself
    /// (WebAuthn section 8.2, self attestation). Only for the credential that was made last.
    public Lie selfAttestation(JsonNode options, String origin) {
        return Lie.inAttestationObject(
                honest -> {
                    Credential made = credentials.getLast();
                    byte[] data = authenticatorData(honest);
                    byte[] hash =
                            AuthenticatorData.sha256(
                                    clientData("webauthn.create", options, origin, Lie.NONE));
                    Map<String, Object> statement = new LinkedHashMap<>();
                    statement.put("alg", made.algorithm.cose());
                    statement.put(
                            "sig", made.algorithm.sign(made.key.getPrivate(), both(data, hash)));
                    return attestationObject("packed", statement, data);
                });
    }

    /// How many keys it holds.
    public int size() {
        return credentials.size();
    }

    private Credential fitting(JsonNode options) {
        List<String> allowed =
                StreamSupport.stream(options.path("allowCredentials").spliterator(), false)
                        .map(descriptor -> text(descriptor, "id"))
                        .toList();
        return credentials.reversed().stream()
                .filter(known -> known.rpId.equals(text(options, "rpId")))
                .filter(
                        known ->
                                allowed.isEmpty()
                                        || allowed.contains(ENCODER.encodeToString(known.id)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no passkey for this page"));
    }

    private AuthenticatorData said(Credential credential, int flags, Map<Object, Object> key) {
        return new AuthenticatorData(
                credential.rpId,
                flags,
                credential.signCount,
                HexFormat.of().formatHex(credential.id),
                key,
                "");
    }

    private static byte[] clientData(String type, JsonNode options, String origin, Lie lie) {
        ObjectNode said = JSON.createObjectNode();
        said.put("type", type);
        said.put("challenge", text(options, "challenge"));
        said.put("origin", origin);
        said.put("crossOrigin", false);
        // Chromium adds such a member now and then, so that nobody compares with a template.
        said.put(
                "other_keys_can_be_added_here", "do not compare clientDataJSON against a template");
        try {
            return JSON.writeValueAsBytes(lie.clientData().apply(said));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can always be written", impossible);
        }
    }

    private static ObjectNode credential(byte[] id) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("id", ENCODER.encodeToString(id));
        answer.put("rawId", ENCODER.encodeToString(id));
        answer.put("type", "public-key");
        answer.putObject("clientExtensionResults");
        return answer;
    }

    private static byte[] attestationObject(
            String format, Map<String, Object> statement, byte[] data) {
        Map<Object, Object> object = new LinkedHashMap<>();
        object.put("fmt", format);
        object.put("attStmt", statement);
        object.put(AUTH_DATA, data);
        return Cbor.of(object);
    }

    static byte[] withStatement(byte[] honest, String format, Map<String, Object> statement) {
        return attestationObject(format, statement, authenticatorData(honest));
    }

    /// The authenticator data is the last of what [#attestationObject] writes, with its length in
    /// the two bytes before it, or in one.
    private static byte[] authenticatorData(byte[] attestationObject) {
        byte[] name = Cbor.of(AUTH_DATA);
        int at = 0;
        while (!Arrays.equals(attestationObject, at, at + name.length, name, 0, name.length)) {
            at++;
        }
        int head = attestationObject[at + name.length] == (byte) 0x58 ? 2 : 3;
        return Arrays.copyOfRange(
                attestationObject, at + name.length + head, attestationObject.length);
    }

    private static byte[] both(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static String text(JsonNode node, String name) {
        String value = node.path(name).textValue();
        if (value == null) {
            throw new IllegalArgumentException("the options lack " + name + ": " + node);
        }
        return value;
    }

    static byte[] decode(String base64url) {
        return DECODER.decode(base64url);
    }
}
