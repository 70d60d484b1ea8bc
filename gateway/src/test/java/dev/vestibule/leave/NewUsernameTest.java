package dev.vestibule.leave;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Locale;

class NewUsernameTest {

    @ParameterizedTest
    @CsvSource({
        "ada, ada",
        "Ada Lovelace, ada-lovelace",
        "ada@example.org, ada@example.org",
        "Jürgen.Müller, jurgen.muller",
        "李雷, person",
        "'  ', person",
        "vst-0123, person-vst-0123"
    })
    void aNameIsOneThatHomeAssistantTakes(String username, String expected) {
        assertThat(NewUsername.of(username)).isEqualTo(expected);
    }

    /// Home Assistant compares a name with itself in lower case and without what is around it.
    @Property
    void whateverAProviderSendsIsNormalizedAndNeverLooksHidden(@ForAll String username) {
        String name = NewUsername.of(username);

        assertThat(name).isNotEmpty().isEqualTo(name.strip().toLowerCase(Locale.ROOT));
        assertThat(name).matches("[a-z0-9._@+-]+").doesNotStartWith("vst-");
    }
}
