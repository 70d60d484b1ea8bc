package dev.vestibule.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Exactly one header, spelled as it is configured.
class ShownTest {

    private static final String NAME = "Cf-Access-Jwt-Assertion";

    private static Shown shown(String... names) {
        return Shown.in(
                new Headers(List.of(names).stream().map(name -> new Header(name, "v")).toList()),
                NAME);
    }

    @Test
    void oneIsRead() {
        assertThat(shown("cf-access-jwt-assertion")).isEqualTo(new Shown.Once("v"));
        assertThat(shown("X-Other")).isEqualTo(new Shown.Nothing());
    }

    @Test
    @DisplayName("B2: two headers, and one beside its underscore twin, are none")
    void twoAreNone() {
        assertThat(shown(NAME, NAME)).isEqualTo(new Shown.Doubtful("header-doubled"));
        assertThat(shown(NAME, "Cf_Access_Jwt_Assertion"))
                .isEqualTo(new Shown.Doubtful("header-doubled"));
    }

    @Test
    @DisplayName("B2: the underscore spelling alone is none")
    void theUnderscoreSpellingIsNone() {
        assertThat(shown("Cf_Access_Jwt_Assertion"))
                .isEqualTo(new Shown.Doubtful("header-misspelt"));
    }
}
