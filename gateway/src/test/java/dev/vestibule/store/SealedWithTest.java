package dev.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class SealedWithTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void theFirstKeyIsTheDatabasesOwnAndEveryOtherIsTold() {
        try (TestDatabase test = new TestDatabase()) {
            assertThat(SealedWith.other(test.database(), "aaaaaaaa", NOW)).isEmpty();
            assertThat(SealedWith.other(test.database(), "aaaaaaaa", NOW)).isEmpty();

            assertThat(SealedWith.other(test.database(), "bbbbbbbb", NOW)).contains("aaaaaaaa");
            assertThat(SealedWith.other(test.database(), "aaaaaaaa", NOW)).isEmpty();
        }
    }
}
