package dev.vestibule.testhouse.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class VirtualAuthenticatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORIGIN = "https://home.example.org";
    private static final JsonNode CREATION =
            json(
                    """
                    {"rp": {"id": "home.example.org"}, "user": {"id": "aGFuZGxl"},
                     "challenge": "Y2hhbGxlbmdl"}
                    """);
    private static final JsonNode REQUEST =
            json("{\"rpId\": \"home.example.org\", \"challenge\": \"b3RoZXI\"}");

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException broken) {
            throw new IllegalArgumentException(text, broken);
        }
    }

    /// RFC 8949 appendix A.
    @Test
    void writesCborAsTheSpecificationDoes() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", List.of(2, 3));

        assertThat(hex(Cbor.of(map))).isEqualTo("a26161016162820203");
        assertThat(hex(Cbor.of(-100))).isEqualTo("3863");
        assertThat(hex(Cbor.of(1_000_000))).isEqualTo("1a000f4240");
        assertThat(hex(Cbor.of(1_000_000_000_000L))).isEqualTo("1b000000e8d4a51000");
        assertThat(hex(Cbor.of("ü"))).isEqualTo("62c3bc");
        assertThat(hex(Cbor.of(new byte[] {1, 2, 3, 4}))).isEqualTo("4401020304");
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void signsWithTheKeyThatItMade(KeyAlgorithm algorithm) {
        var pair = algorithm.newKey();
        byte[] input = "anything".getBytes(StandardCharsets.UTF_8);

        byte[] signed = algorithm.sign(pair.getPrivate(), input);

        assertThat(algorithm.verifies(pair.getPublic(), input, signed)).isTrue();
        assertThat(algorithm.verifies(algorithm.newKey().getPublic(), input, signed)).isFalse();
        assertThat(algorithm.coseKey(pair.getPublic())).containsEntry(3, algorithm.cose());
    }

    @Test
    void saysWhereItSignedAndForWhom() {
        VirtualAuthenticator authenticator = new VirtualAuthenticator();
        ObjectNode made = authenticator.create(CREATION, ORIGIN);

        ObjectNode answer = authenticator.get(REQUEST, ORIGIN);

        assertThat(answer.path("id")).isEqualTo(made.path("id"));
        assertThat(answer.path("response").path("userHandle").textValue()).isEqualTo("aGFuZGxl");
        JsonNode said = json(text(answer, "clientDataJSON"));
        assertThat(said.path("type").textValue()).isEqualTo("webauthn.get");
        assertThat(said.path("challenge").textValue()).isEqualTo("b3RoZXI");
        assertThat(said.path("origin").textValue()).isEqualTo(ORIGIN);
        byte[] data = bytes(answer, "authenticatorData");
        assertThat(Arrays.copyOf(data, 32))
                .isEqualTo(
                        AuthenticatorData.sha256(
                                "home.example.org".getBytes(StandardCharsets.UTF_8)));
        assertThat(data[32]).isEqualTo((byte) 0x1d);
        assertThat(data).hasSize(37);
    }

    @Test
    void countsWhereItIsAKeyToPlugIn() {
        VirtualAuthenticator authenticator =
                new VirtualAuthenticator(VirtualAuthenticator.Kind.SECURITY_KEY);
        var _ = authenticator.create(CREATION, ORIGIN);

        var _ = authenticator.get(REQUEST, ORIGIN);
        byte[] second = bytes(authenticator.get(REQUEST, ORIGIN), "authenticatorData");

        assertThat(ByteBuffer.wrap(second, 33, 4).getInt()).isEqualTo(2);
        assertThat(second[32]).isEqualTo((byte) 0x05);
    }

    @Test
    void knowsNoKeyForAnotherPage() {
        VirtualAuthenticator authenticator = new VirtualAuthenticator();
        var _ = authenticator.create(CREATION, ORIGIN);
        JsonNode elsewhere = json("{\"rpId\": \"example.net\", \"challenge\": \"b3RoZXI\"}");

        assertThatThrownBy(() -> authenticator.get(elsewhere, ORIGIN))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void liesWhereItIsToldTo() {
        VirtualAuthenticator authenticator = new VirtualAuthenticator();
        ObjectNode made =
                authenticator.create(CREATION, ORIGIN, Lie.attestation("junk", Map.of("x", "y")));
        assertThat(new String(bytes(made, "attestationObject"), StandardCharsets.ISO_8859_1))
                .contains("junk");

        ObjectNode answer =
                authenticator.get(REQUEST, ORIGIN, Lie.clearing(AuthenticatorData.USER_VERIFIED));
        assertThat(bytes(answer, "authenticatorData")[32]).isEqualTo((byte) 0x19);
        assertThat(
                        json(text(
                                        authenticator.get(
                                                REQUEST, ORIGIN, Lie.saying("crossOrigin", true)),
                                        "clientDataJSON"))
                                .path("crossOrigin")
                                .booleanValue())
                .isTrue();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(ObjectNode answer, String name) {
        return VirtualAuthenticator.decode(answer.path("response").path(name).textValue());
    }

    private static String text(ObjectNode answer, String name) {
        return new String(bytes(answer, name), StandardCharsets.UTF_8);
    }
}
