package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class OperatorCommandsTest {

    private record Someone(String id, String name) {}

    private static final Someone ADA = new Someone("0193-a", "ada");
    private static final Someone BOB = new Someone("0193-b", "bob");

    /// Attack: names are chosen by their people.
    private static final Someone MALLORY = new Someone("0193-m", "0193-a");

    private static List<Someone> named(String named) {
        return OperatorCommands.named(
                named, List.of(ADA, BOB, MALLORY), Someone::id, Someone::name);
    }

    @Test
    void whoTakesAnothersIdForANameKeepsNobodyFromBeingSuspended() {
        assertThat(named("0193-a")).containsExactly(ADA);
        assertThat(named("0193-m")).containsExactly(MALLORY);
    }

    @Test
    void aNameFindsEverybodyWhoHasIt() {
        assertThat(named("bob")).containsExactly(BOB);
        assertThat(named("eve")).isEmpty();
    }
}
