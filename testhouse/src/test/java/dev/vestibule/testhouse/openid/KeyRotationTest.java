package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

class KeyRotationTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void theNextTokenHasANewKeyAndTheOldOneStaysOrGoes(OldKey oldKey) throws Exception {
        String before = kid();

        house.provider.rotateKeys(oldKey);

        String after = kid();
        JWKSet keys = house.keySet();
        assertThat(after).isNotEqualTo(before);
        assertThat(keys.getKeyByKeyId(after)).isNotNull();
        assertThat(keys.getKeyByKeyId(before) != null).isEqualTo(oldKey == OldKey.KEPT);
        String idToken = house.signIn().path("id_token").asText();
        assertThat(house.validate(idToken, JWSAlgorithm.RS256).getSubject().getValue())
                .isEqualTo("ada");
    }

    @Test
    void theKeySetHoldsKeysOfBothKindsAndOneForEncryptionAndNoPrivateOne() throws Exception {
        JWKSet keys = house.keySet();

        assertThat(keys.getKeys())
                .extracting(key -> key.getKeyType().getValue() + " " + key.getKeyUse())
                .containsExactlyInAnyOrder(
                        "RSA " + KeyUse.ENCRYPTION, "RSA " + KeyUse.SIGNATURE, "EC sig");
        assertThat(keys.containsNonPublicKeys()).isFalse();
    }

    @Test
    void providersThatAreOpenAtOnceHaveNoSigningKeyInCommon() throws Exception {
        house.provider.rotateKeys();
        house.close();

        try (House one = new House();
                House another = new House()) {
            another.provider.rotateKeys();
            List<String> keys = new ArrayList<>(signingKeys(one));
            keys.addAll(signingKeys(another));

            assertThat(keys).hasSize(5).doesNotHaveDuplicates();
        }
    }

    private static List<String> signingKeys(House house) throws Exception {
        List<String> thumbprints = new ArrayList<>();
        for (JWK key : house.keySet().getKeys()) {
            if (KeyUse.SIGNATURE.equals(key.getKeyUse())) {
                thumbprints.add(key.computeThumbprint().toString());
            }
        }
        return thumbprints;
    }

    private String kid() throws Exception {
        return House.header(house.signIn().path("id_token").asText()).path("kid").asText();
    }
}
