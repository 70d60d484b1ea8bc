package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFoldTest {

    @ParameterizedTest
    @CsvSource({
        "ADA,ada",
        "Éva,éva",
        "ÆSA,æsa",
        "ЖАННА,жанна",
        "ΝΊΚΗ,νίκη",
        "𐐀,𐐨",
        "A1-b@X,a1-B@x"
    })
    void joinsUpperAndLowerCase(String one, String other) {
        assertThat(CaseFold.of(one)).isEqualTo(CaseFold.of(other));
    }

    /// Whoever may choose a name at the identity system does not become somebody else by it.
    @ParameterizedTest
    @CsvSource({
        "admın,admin",
        "ADMİN,admin",
        "\u212aevin,kevin",
        "ſam,sam",
        "straße,strasse",
        "straẞe,straße",
        "ﬁona,fiona",
        "e\u0301va,éva",
        "ａda,ada",
        "аda,ada",
    })
    void keepsApartWhatAnIdentitySystemMayTellApart(String one, String other) {
        assertThat(CaseFold.of(one)).isNotEqualTo(CaseFold.of(other));
    }

    @Test
    void isTheSameASecondTime() {
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            String once = CaseFold.of(Character.toString(letter));
            assertThat(CaseFold.of(once)).as("letter %x", letter).isEqualTo(once);
        }
    }
}
