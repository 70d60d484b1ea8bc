package dev.vestibule.outbox;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class OutboxSearchTest {

    private final TestFacts facts = new TestFacts();
    private final OutboxSearch search = new OutboxSearch(facts.database);

    @AfterEach
    void close() {
        facts.close();
    }

    private void letIn(String account) {
        facts.clock.advance(Duration.ofMillis(2));
        facts.database.change(tx -> facts.outbox.letIn(tx, HOME, account));
    }

    private List<String> pageByPage(int max) {
        List<String> accounts = new ArrayList<>();
        OutboxSearch.Found page = search.find("", max);
        page.entries().forEach(entry -> accounts.add(entry.accountId()));
        while (page.next().isPresent()) {
            page = search.find(page.next().get(), max);
            page.entries().forEach(entry -> accounts.add(entry.accountId()));
        }
        return accounts;
    }

    @Test
    void theOldestComesFirstAndNoneIsLostBetweenPages() {
        List<String> accounts = List.of("a", "b", "c", "d", "e");
        accounts.forEach(this::letIn);

        for (int max = 1; max <= 6; max++) {
            assertThat(pageByPage(max)).as("pages of " + max).isEqualTo(accounts);
        }
    }
}
