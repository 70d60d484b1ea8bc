package dev.vestibule.outbox;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class OutboxTest {

    private final TestFacts facts = new TestFacts();

    @AfterEach
    void close() {
        facts.close();
    }

    private void add(String token) {
        facts.clock.advance(Duration.ofMillis(2));
        facts.database.change(tx -> facts.outbox.revokeToken(tx, HOME, null, new Secret(token)));
    }

    private List<String> due() {
        return facts.outbox.due(HOME, 50).stream()
                .map(item -> item.refreshToken().reveal())
                .toList();
    }

    @Test
    void givesWhatIsDueOldestFirstUntilItIsDone() {
        add("first");
        add("second");

        assertThat(due()).containsExactly("first", "second");

        facts.outbox.done(facts.outbox.due(HOME, 1).getFirst());
        assertThat(due()).containsExactly("second");
        assertThat(facts.outbox.due(new HomeId("cabin"), 50)).isEmpty();
    }

    @Test
    void triesAgainAfterAPauseThatGrowsToTenMinutesAndNeverForgets() {
        add("token");
        for (int seconds : List.of(2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600)) {
            facts.outbox.failed(facts.outbox.due(HOME, 1).getFirst());
            facts.clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(due()).isEmpty();
            facts.clock.advance(Duration.ofMillis(1));
            assertThat(due()).containsExactly("token");
        }
    }

    @Test
    void whatDoesNotOpenKeepsNothingElseFromBeingDelivered() {
        add("broken");
        facts.database.change(
                tx -> tx.execute("UPDATE outbox SET payload_sealed = 'v1.00000000.AAAA'"));
        add("good");

        assertThat(due()).containsExactly("good");
        assertThat(facts.outbox.count()).isEqualTo(2);
        assertThat(facts.outbox.due(HOME, 1)).isNotEmpty();
    }

    @Test
    void strangersCannotFillItAndNobodyElseIsKeptOut() {
        for (int i = 0; i < Outbox.STRANGE_MAX; i++) {
            assertThat(strange("token-" + i)).isTrue();
        }

        assertThat(strange("one too many")).isFalse();
        add("a person's");
        assertThat(facts.outbox.count()).isEqualTo(Outbox.STRANGE_MAX + 1);
    }

    private boolean strange(String token) {
        return facts.database.inTransaction(
                tx -> facts.outbox.revokeStrangeToken(tx, HOME, new Secret(token)));
    }

    @Test
    void keepsNoTokenInTheClear() {
        add("swordfish");

        String stored =
                facts.database.read(
                        handle ->
                                handle.createQuery("SELECT payload_sealed FROM outbox")
                                        .mapTo(String.class)
                                        .one());
        assertThat(stored).startsWith("v1.").doesNotContain("swordfish");
        assertThat(facts.outbox.due(HOME, 1).getFirst().toString()).doesNotContain("swordfish");
    }
}
