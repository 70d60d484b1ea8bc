package dev.vestibule.outbox;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.TestFacts;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.DatabaseUnavailable;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
        return facts.tokensToEnd();
    }

    @Test
    void givesWhatIsDueOldestFirstUntilItIsDone() {
        add("first");
        add("second");

        assertThat(due()).containsExactly("first", "second");

        facts.outbox.done(facts.outbox.due(HOME, 1).getFirst(), _ -> {});
        assertThat(due()).containsExactly("second");
        assertThat(facts.outbox.due(new HomeId("cabin"), 50)).isEmpty();
    }

    @Test
    void triesAgainAfterAPauseThatGrowsToTenMinutesAndNeverForgets() {
        add("token");
        for (int seconds : List.of(2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600)) {
            facts.outbox.failed(facts.outbox.due(HOME, 1).getFirst(), "away");
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
    void whatAnotherReleaseWroteKeepsNothingElseFromBeingDelivered() {
        add("broken");
        facts.database.change(tx -> tx.execute("UPDATE outbox SET kind = 'shut-out'"));
        add("unknown");
        facts.database.change(
                tx -> tx.execute("UPDATE outbox SET kind = 'new' WHERE kind <> 'shut-out'"));
        add("good");

        assertThat(due()).containsExactly("good");
        assertThat(facts.outbox.count()).isEqualTo(3);
        assertThat(facts.outbox.list().getFirst().problem()).contains("cannot be read");
    }

    private void shutOut(String account, String... held) {
        List<HeldToken> tokens =
                Arrays.stream(held).map(token -> new HeldToken(new Secret(token), "app")).toList();
        facts.database.change(tx -> facts.outbox.shutOut(tx, HOME, account, tokens));
    }

    private void letIn(String account) {
        facts.database.change(tx -> facts.outbox.letIn(tx, HOME, account));
    }

    private List<String> list() {
        return facts.outbox.list().stream()
                .map(entry -> entry.accountId() + " " + entry.what())
                .toList();
    }

    @Test
    void theLastWishAboutAPersonCountsAndNoTokenIsForgotten() {
        shutOut("ada", "one");
        shutOut("bob", "other");
        shutOut("ada", "two");
        assertThat(list()).containsExactlyInAnyOrder("ada shut-out", "bob shut-out");
        assertThat(facts.tokensToEnd()).containsExactlyInAnyOrder("one", "two", "other");

        letIn("ada");

        assertThat(list())
                .containsExactlyInAnyOrder(
                        "ada let-in", "ada revoke-token", "ada revoke-token", "bob shut-out");
        assertThat(facts.tokensToEnd()).containsExactlyInAnyOrder("one", "two", "other");
    }

    @Test
    void aPersonComesBeforeTheirTokensWhichAreTheWayToActAsThem() {
        add("token");
        shutOut("ada", "held");

        assertThat(facts.tokensToEnd()).containsExactly("held", "token");
    }

    /// Attack: a token that comes to be just behind the shut-out would be forgotten by the letting
    /// in.
    @Test
    void aWishAboutAPersonDoesNotForgetATokenThatIsToEnd() {
        facts.database.change(tx -> facts.outbox.endToken(tx, HOME, "ada", "token-id"));

        shutOut("ada");
        letIn("ada");

        assertThat(facts.outbox.due(HOME, 10).stream().map(OutboxItem::task))
                .containsExactly(new OutboxTask.LetIn(), new OutboxTask.EndToken("token-id"));
        assertThat(facts.outbox.list())
                .filteredOn(entry -> !entry.concernsPerson())
                .extracting(OutboxEntry::what)
                .containsExactly("end-token");
    }

    @Test
    void anEarlierWishThatDoesNotOpenIsReplacedAllTheSame() {
        shutOut("ada", "lost");
        facts.database.change(
                tx -> tx.execute("UPDATE outbox SET payload_sealed = 'v1.00000000.AAAA'"));

        shutOut("ada", "two");

        assertThat(list()).containsExactly("ada shut-out");
        assertThat(facts.tokensToEnd()).containsExactly("two");
    }

    @Test
    void whatCannotBeDoneIsNewsOnceAndIsTriedAgainAfterAnHour() {
        shutOut("ada");
        AtomicInteger told = new AtomicInteger();
        facts.outbox.unconverged(
                facts.outbox.due(HOME, 1).getFirst(), "why", _ -> told.incrementAndGet());
        assertThat(told).hasValue(1);
        assertThat(facts.outbox.list())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.isUnconverged()).isTrue();
                            assertThat(entry.problem()).isEqualTo("why");
                        });
        facts.clock.advance(Duration.ofMinutes(59));
        assertThat(facts.outbox.due(HOME, 1)).isEmpty();

        facts.clock.advance(Duration.ofMinutes(1));

        OutboxItem again = facts.outbox.due(HOME, 1).getFirst();
        facts.outbox.unconverged(again, "why", _ -> told.incrementAndGet());
        assertThat(told).hasValue(1);
    }

    /// Otherwise a gateway that is killed in between keeps silent about it for ever.
    @Test
    void nothingIsDoneOfWhatCannotBeWrittenDown() {
        shutOut("ada");
        OutboxItem item = facts.outbox.due(HOME, 1).getFirst();
        Consumer<Handle> full = tx -> tx.execute("INSERT INTO full_disk (x) VALUES (1)");

        assertThatThrownBy(() -> facts.outbox.done(item, full))
                .isInstanceOf(DatabaseUnavailable.class);
        assertThatThrownBy(() -> facts.outbox.unconverged(item, "why", full))
                .isInstanceOf(DatabaseUnavailable.class);

        assertThat(facts.outbox.list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.isUnconverged()).isFalse());
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
