package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.Base64URL;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.util.List;
import java.util.function.Predicate;

class SignatureLieTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsInHeaderSignatureOrKeys(SignatureLie lie) throws Exception {
        house.provider.lie(lie);

        String idToken = house.signIn().path("id_token").asText();

        if (lie != SignatureLie.ENCRYPTED) {
            assertThat(House.claims(idToken).path("sub").asText()).isEqualTo("ada");
            assertThat(House.claims(idToken).path("iss").asText())
                    .isEqualTo(house.provider.issuer().toString());
        }
        assertTold(lie, idToken, house.keySet());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {
                "NO_KID_ONE_KEY",
                "NO_KID_SEVERAL_KEYS",
                "DUPLICATE_KID",
                "OTHER_RSA_PADDING",
                "SMALL_RSA_KEY",
                "B64_FALSE"
            })
    void anIndependentLibraryRefuses(SignatureLie lie) throws Exception {
        house.provider.lie(lie);
        String idToken = house.signIn().path("id_token").asText();

        assertThat(lie.verdict()).isEqualTo(Lie.Verdict.REFUSE);
        assertThatThrownBy(() -> house.validate(idToken, JWSAlgorithm.RS256))
                .isInstanceOfAny(BadJOSEException.class, JOSEException.class, ParseException.class);
    }

    /// It knows RFC 7797 and accepts keys of any size, so that these show everything else to be
    /// right.
    @ParameterizedTest
    @EnumSource(names = {"NO_KID_ONE_KEY", "NO_KID_SEVERAL_KEYS", "SMALL_RSA_KEY", "B64_FALSE"})
    void anIndependentLibraryAcceptsWhatItDoesNotLookAt(SignatureLie lie) throws Exception {
        house.provider.lie(lie);
        String idToken = house.signIn().path("id_token").asText();

        assertThat(house.validate(idToken, JWSAlgorithm.RS256).getSubject().getValue())
                .isEqualTo("ada");
    }

    private void assertTold(SignatureLie lie, String idToken, JWKSet keys) throws Exception {
        ObjectNode header = House.header(idToken);
        String kid = header.path("kid").asText();
        switch (lie) {
            case CORRUPTED -> {
                assertThat(signature(idToken)).hasSize(256);
                assertThat(isSignedBy(keys.getKeyByKeyId(kid), idToken)).isFalse();
            }
            case EMPTY -> {
                assertThat(header.path("alg").asText()).isEqualTo("RS256");
                assertThat(signature(idToken)).isEmpty();
            }
            case ALG_NONE -> {
                assertThat(header.path("alg").asText()).isEqualTo("none");
                assertThat(signature(idToken)).isEmpty();
            }
            case ALG_LOWER_CASE -> {
                assertThat(header.path("alg").asText()).isEqualTo("rs256");
                assertThat(isSignedBy(keys.getKeyByKeyId(kid), idToken)).isTrue();
            }
            case HS256_WITH_PUBLIC_KEY -> {
                assertThat(keys.getKeyByKeyId(kid).getKeyType().getValue()).isEqualTo("RSA");
                assertThat(header.path("alg").asText()).isEqualTo("HS256");
                assertThat(signature(idToken)).hasSize(32);
            }
            case HS256_WITH_CLIENT_SECRET -> assertKeyedWith(House.SECRET, idToken);
            case OTHER_RSA_PADDING -> {
                assertThat(header.path("alg").asText()).isEqualTo("PS256");
                assertThat(keys.getKeyByKeyId(kid).getAlgorithm().getName()).isEqualTo("RS256");
            }
            case NO_KID_ONE_KEY -> {
                assertThat(header.has("kid")).isFalse();
                assertThat(keys.getKeys()).singleElement().matches(signs(idToken));
            }
            case NO_KID_SEVERAL_KEYS -> {
                assertThat(header.has("kid")).isFalse();
                assertThat(rsaSigningKeys(keys)).hasSizeGreaterThan(1).anyMatch(signs(idToken));
            }
            case UNKNOWN_KID -> {
                assertThat(kid).isNotEmpty();
                assertThat(keys.getKeyByKeyId(kid)).isNull();
                assertThat(rsaSigningKeys(keys)).noneMatch(signs(idToken));
            }
            case DUPLICATE_KID -> {
                List<JWK> named =
                        keys.getKeys().stream().filter(key -> kid.equals(key.getKeyID())).toList();
                assertThat(named).hasSize(2);
                assertThat(named.getFirst()).doesNotMatch(signs(idToken));
                assertThat(named.getLast()).matches(signs(idToken));
            }
            case KID_OF_OTHER_KEY ->
                    assertThat(keys.getKeyByKeyId(kid)).doesNotMatch(signs(idToken));
            case KID_PATH -> {
                assertThat(kid).contains("../");
                assertKeyedWith("\0", idToken);
            }
            case KID_SQL -> {
                assertThat(kid).contains("' UNION SELECT");
                assertKeyedWith("known-key", idToken);
            }
            case KID_HUGE -> {
                assertThat(kid).hasSize(1_000_000);
                assertThat(rsaSigningKeys(keys)).anyMatch(signs(idToken));
            }
            case EMBEDDED_JWK ->
                    assertThat(JWK.parse(header.path("jwk").toString())).matches(signs(idToken));
            case JKU -> assertThat(keysAt(header.path("jku").asText())).anyMatch(signs(idToken));
            case X5U -> {
                assertThat(header.path("x5u").asText()).startsWith("http://localhost:");
                assertThat(rsaSigningKeys(keys)).noneMatch(signs(idToken));
            }
            case UNKNOWN_CRIT -> {
                assertThat(header.path("crit")).hasSize(1);
                assertThat(header.has(header.path("crit").path(0).asText())).isTrue();
                assertThat(keys.getKeyByKeyId(kid)).matches(signs(idToken));
            }
            case B64_FALSE -> {
                assertThat(header.path("b64").booleanValue()).isFalse();
                assertThat(header.path("crit").toString()).isEqualTo("[\"b64\"]");
                String input =
                        Parameters.parts(idToken, '.').getFirst() + "." + House.part(idToken, 1);
                assertThat(isSignedBy(keys.getKeyByKeyId(kid), input, signature(idToken))).isTrue();
            }
            case SMALL_RSA_KEY -> {
                assertThat(keys.getKeyByKeyId(kid).size()).isEqualTo(1024);
                assertThat(keys.getKeyByKeyId(kid)).matches(signs(idToken));
            }
            case ES256_WITH_P384 -> {
                assertThat(header.path("alg").asText()).isEqualTo("ES256");
                assertThat(keys.getKeyByKeyId(kid).toECKey().getCurve()).isEqualTo(Curve.P_384);
                assertThat(signature(idToken)).hasSize(96);
            }
            case PSYCHIC -> {
                assertThat(header.path("alg").asText()).isEqualTo("ES256");
                assertThat(keys.getKeyByKeyId(kid).toECKey().getCurve()).isEqualTo(Curve.P_256);
                assertThat(signature(idToken)).containsOnly(0).hasSize(64);
            }
            case ENCRYPTED -> {
                assertThat(Parameters.parts(idToken, '.')).hasSize(5);
                assertThat(header.path("enc").asText()).isEqualTo("A256GCM");
            }
        }
    }

    private void assertKeyedWith(String key, String idToken) {
        byte[] expected =
                RawJws.hs256(key.getBytes(StandardCharsets.UTF_8))
                        .sign(input(idToken).getBytes(StandardCharsets.US_ASCII));
        assertThat(House.header(idToken).path("alg").asText()).isEqualTo("HS256");
        assertThat(signature(idToken)).isEqualTo(expected);
    }

    private List<JWK> keysAt(String address) throws Exception {
        return JWKSet.parse(house.browser.get(URI.create(address)).body()).getKeys();
    }

    private static List<JWK> rsaSigningKeys(JWKSet keys) {
        return keys.getKeys().stream()
                .filter(key -> key.getKeyType().getValue().equals("RSA"))
                .filter(key -> KeyUse.SIGNATURE.equals(key.getKeyUse()))
                .toList();
    }

    private static Predicate<JWK> signs(String idToken) {
        return key -> isSignedBy(key, idToken);
    }

    private static boolean isSignedBy(JWK key, String idToken) {
        return isSignedBy(key, input(idToken), signature(idToken));
    }

    private static boolean isSignedBy(JWK key, String input, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key.toRSAKey().toRSAPublicKey());
            verifier.update(input.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException | JOSEException _) {
            return false;
        }
    }

    private static String input(String idToken) {
        return idToken.substring(0, idToken.lastIndexOf('.'));
    }

    private static byte[] signature(String idToken) {
        return new Base64URL(idToken.substring(idToken.lastIndexOf('.') + 1)).decode();
    }
}
