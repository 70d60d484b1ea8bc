package dev.vestibule.kiosk;

import static dev.vestibule.TestFacts.CABIN;
import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountState;
import dev.vestibule.config.HomeId;
import dev.vestibule.kiosk.TabletKeyStore.Found;
import dev.vestibule.kiosk.TabletKeyStore.Listed;
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

class TabletKeyStoreTest {

    private static final Account ADA =
            new Account(
                    new AccountId("01a219b7-7841-7f05-8e82-7b6d608d6cd7"),
                    "ada",
                    "Ada",
                    AccountOrigin.OIDC,
                    AccountState.ACTIVE,
                    1,
                    Instant.EPOCH);

    private final TestFacts facts = new TestFacts();
    private final TabletKeyStore keys =
            new TabletKeyStore(facts.clock, facts.secrets, facts.database);

    @AfterEach
    void close() {
        facts.close();
    }

    private void approve(HomeId home, String... tablets) {
        facts.clock.advance(Duration.ofMillis(2));
        for (String tablet : tablets) {
            facts.database.change(
                    tx ->
                            keys.add(
                                    tx,
                                    new KioskPending.Waiting(
                                            home,
                                            tablet,
                                            "key of " + tablet,
                                            "192.0.2.7",
                                            "a browser",
                                            facts.clock.instant()),
                                    ADA));
        }
    }

    private List<String> pageByPage(int max) {
        List<String> tablets = new ArrayList<>();
        Optional<Cursor> next = Optional.of(Cursor.NEWEST);
        while (next.isPresent()) {
            Found page = keys.page(Set.of(HOME), next.get(), max);
            page.keys().forEach(key -> tablets.add(key.kiosk()));
            next = page.next().map(Cursor::toString).flatMap(Cursor::parse);
        }
        return tablets;
    }

    @Test
    void whatWasApprovedLastComesFirstAndNoneIsLostBetweenPages() {
        approve(HOME, "hall", "attic");
        approve(CABIN, "porch");
        approve(HOME, "kitchen");

        List<String> all = pageByPage(100);

        assertThat(all).hasSize(3).startsWith("kitchen").doesNotContain("porch");
        assertThat(IntStream.range(1, 4).mapToObj(this::pageByPage)).allMatch(all::equals);
    }

    @Test
    void oneKeyIsFoundByItsId() {
        approve(HOME, "hall");
        Listed hall = keys.list().getFirst();

        assertThat(keys.find(hall.id())).contains(hall);
        assertThat(keys.find("nothing")).isEmpty();
    }
}
