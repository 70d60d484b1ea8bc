package dev.vestibule.webhook;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.Webhook;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.Cursor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

class WebhookSearchTest {

    private static final Instant UNTIL = Instant.parse("2100-01-01T00:00:00Z");

    private final TestFacts facts = new TestFacts();
    private final WebhookService webhooks = new WebhookService(facts.clock, facts.database);
    private final WebhookSearch search = new WebhookSearch(facts.database);

    @AfterEach
    void close() {
        facts.close();
    }

    private void adopt(String... names) {
        facts.clock.advance(Duration.ofMillis(2));
        webhooks.adopt(
                HOME,
                List.of(names).stream()
                        .map(name -> new Webhook(new Secret(name), "mobile_app", name, false))
                        .toList(),
                UNTIL);
    }

    private static WebhookSearch.Query query(HomeId home, Cursor after, int max) {
        return new WebhookSearch.Query(Set.of(home), after, max);
    }

    /// As it goes through the address of the next page.
    private static Cursor writtenAndRead(WebhookSearch.Found page) {
        return page.next().map(Cursor::toString).flatMap(Cursor::parse).orElseThrow();
    }

    private List<String> pageByPage(int max) {
        List<String> names = new ArrayList<>();
        WebhookSearch.Found page = search.find(query(HOME, Cursor.NEWEST, max));
        page.webhooks().forEach(webhook -> names.add(webhook.name()));
        while (page.hasMore()) {
            page = search.find(query(HOME, writtenAndRead(page), max));
            page.webhooks().forEach(webhook -> names.add(webhook.name()));
        }
        return names;
    }

    @Test
    void theNewestComesFirstAndNoneIsLostBetweenPages() {
        adopt("a", "b", "c");
        adopt("d");
        adopt("e", "f");

        List<String> all = pageByPage(100);

        assertThat(all).hasSize(6).startsWith(all.get(0), all.get(1), "d");
        assertThat(all.subList(0, 2)).containsExactlyInAnyOrder("e", "f");
        assertThat(IntStream.range(1, 7).mapToObj(this::pageByPage)).allMatch(all::equals);
    }

    @Test
    void whatNobodyHasClaimedSaysUntilWhenItIsOpenAndIsFoundAtItsHomeOnly() {
        adopt("phone");

        WebhookLine line = search.find(query(HOME, Cursor.NEWEST, 1)).webhooks().getFirst();

        assertThat(line.accountId()).isEmpty();
        assertThat(line.openUntil()).isEqualTo(Optional.of(UNTIL));
        assertThat(line.isClosed()).isFalse();
        assertThat(line.key()).isNotEqualTo("phone");
        assertThat(search.find(query(TestFacts.CABIN, Cursor.NEWEST, 1)).webhooks()).isEmpty();
    }

    @Test
    void thePageAfterStaysWhereItIsThoughThePhoneBeforeItGoes() {
        adopt("a");
        adopt("b");
        adopt("c");
        WebhookSearch.Found first = search.find(query(HOME, Cursor.NEWEST, 2));
        Cursor next = writtenAndRead(first);

        facts.database.change(
                tx ->
                        tx.createUpdate("DELETE FROM webhook WHERE id_hash = :key")
                                .bind("key", first.webhooks().getLast().key())
                                .execute());

        assertThat(search.find(query(HOME, next, 2)).webhooks())
                .extracting(WebhookLine::name)
                .containsExactly("a");
    }
}
