package dev.vestibule.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeId;

import org.junit.jupiter.api.Test;

class IngressSessionsTest {

    private static final HomeId HOME = new HomeId("home");

    private final IngressSessions sessions = new IngressSessions();

    @Test
    void aSessionIsOfWhoeverUsedItFirst() {
        assertThat(sessions.isOf(HOME, "a", "ada")).isTrue();

        assertThat(sessions.isOf(HOME, "a", "ben")).isFalse();
        assertThat(sessions.isOf(HOME, "a", "ada")).isTrue();
        assertThat(sessions.isOf(new HomeId("cabin"), "a", "ben")).isTrue();
    }

    /// Attack: a guest makes up so many that an administrator's is forgotten, and then is the first
    /// to use that one.
    @Test
    void whoeverUsesManyLosesTheirOwnAndNobodyElses() {
        assertThat(sessions.isOf(HOME, "of-ada", "ada")).isTrue();

        for (int i = 0; i < 30_000; i++) {
            assertThat(sessions.isOf(HOME, "made-up-" + i, "guest")).isTrue();
        }

        assertThat(sessions.isOf(HOME, "of-ada", "guest")).isFalse();
        assertThat(sessions.mayBeOf(HOME, "made-up-29999", "ada")).isFalse();
        assertThat(sessions.mayBeOf(HOME, "made-up-0", "ada")).isTrue();
    }

    @Test
    void theOneThatWasUsedLongestAgoGoesFirst() {
        assertThat(sessions.isOf(HOME, "in-use", "ada")).isTrue();
        for (int i = 0; i < 1_000; i++) {
            assertThat(sessions.isOf(HOME, "session-" + i, "ada")).isTrue();
            assertThat(sessions.isOf(HOME, "in-use", "ada")).isTrue();
        }

        assertThat(sessions.isOf(HOME, "in-use", "ben")).isFalse();
        assertThat(sessions.isOf(HOME, "session-0", "ben")).isTrue();
    }
}
