package dev.vestibule.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.TokenHash;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNamesTest {

    private static final HomeId HOME = new HomeId("home");

    private final TestFacts facts = new TestFacts();
    private final LoginNames names = new LoginNames(facts.sealer.hashFor("a test"));

    @AfterEach
    void close() {
        facts.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stra\u00dfe",
                "STRASSE",
                "STRA\u1e9eE",
                "Stra\u1e9ee",
                "\u00a0strasse\u0085",
                "StRaSSe"
            })
    void oneNameIsOneHoweverHomeAssistantLetsItBeWritten(String way) {
        assertThat(names.of(HOME, way)).isEqualTo(names.of(HOME, "strasse"));
    }

    @Test
    void anotherNameOrAnotherHomeIsAnother() {
        assertThat(names.of(HOME, "greta"))
                .isNotEqualTo(names.of(HOME, "gretb"))
                .isNotEqualTo(names.of(new HomeId("other"), "greta"));
    }

    /// Attack: the log is tried against a list of passwords.
    @Test
    void whatIsLoggedTellsNothingWithoutTheKey() {
        LoginName name = names.of(HOME, "hunter2");

        assertThat(name.hash()).isNotEqualTo(TokenHash.of("home\nhunter2").hex());
        assertThat(new LoginNames(facts.sealer.hashFor("another purpose")).of(HOME, "hunter2"))
                .isNotEqualTo(name);
        assertThat(name.shown()).matches("name:[0-9a-f]{12}").doesNotContain("hunter2");
    }
}
