package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class LieTest {

    @Test
    void everyKindOfLieIsListedOnce() {
        int known =
                Stream.of(Lie.class.getPermittedSubclasses())
                        .mapToInt(kind -> kind.getEnumConstants().length)
                        .sum();

        assertThat(Lie.all()).hasSize(known).doesNotHaveDuplicates();
    }

    @Test
    void severalLiesCanBeToldAtOnce() throws Exception {
        try (var house = new House()) {
            house.provider.lie(List.of(CallbackLie.MISSING_ISSUER, ClaimLie.MISSING_NONCE));

            assertThat(house.callback()).doesNotContainKey("iss");
            assertThat(House.claims(house.signIn().path("id_token").asText()).has("nonce"))
                    .isFalse();
        }
    }
}
