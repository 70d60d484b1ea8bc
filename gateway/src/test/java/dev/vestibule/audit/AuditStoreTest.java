package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.store.Cursor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class AuditStoreTest {

    private final TestFacts facts = new TestFacts();
    private final AuditStore store = new AuditStore(facts.database);

    @AfterEach
    void close() {
        facts.close();
    }

    private Instant append(AuditEvent event, String address) {
        facts.clock.advance(Duration.ofMillis(2));
        facts.audit.append(event, address);
        return facts.clock.instant();
    }

    private Instant restored(String account) {
        return append(new AuditEvent.AccountRestored(account, "console"), "console");
    }

    private Instant refused(String home, String who) {
        return append(
                new AuditEvent.SignInRefused(home, "provider", who, "no-role", "r-1"), "192.0.2.7");
    }

    private List<AuditEvent> found(AuditQuery query) {
        return store.before(query, Cursor.NEWEST, 100).lines().stream()
                .map(line -> line.event().orElseThrow())
                .toList();
    }

    private static AuditEvent restoredEvent(String account) {
        return new AuditEvent.AccountRestored(account, "console");
    }

    @Test
    void theNewestLineComesFirstWithAllThatIsKeptOfIt() {
        restored("ada");
        Instant second = refused("home", "bob");

        AuditLine line = store.before(AuditQuery.ALL, Cursor.NEWEST, 1).lines().getFirst();

        assertThat(line.at()).isEqualTo(second);
        assertThat(line.kind()).isEqualTo("SignInRefused");
        assertThat(line.address()).isEqualTo("192.0.2.7");
        assertThat(line.event())
                .contains(
                        new AuditEvent.SignInRefused("home", "provider", "bob", "no-role", "r-1"));
    }

    @Test
    void whatHappenedBetweenTwoMomentsIsFoundWithTheFirstAndWithoutTheSecond() {
        restored("ada");
        Instant second = restored("bob");
        restored("cy");
        Instant fourth = restored("dee");

        assertThat(found(AuditQuery.ALL.between(second, fourth)))
                .containsExactly(restoredEvent("cy"), restoredEvent("bob"));
    }

    @Test
    void linesAreFoundByPersonAndByEvent() {
        restored("ada");
        restored("bob");
        append(new AuditEvent.AccountSuspended("ada", "console", "lost phone"), "console");
        refused("home", "ada");

        assertThat(found(AuditQuery.ALL.about("ada"))).hasSize(2);
        assertThat(found(AuditQuery.ALL.of(Set.of("AccountRestored")))).hasSize(2);
        assertThat(found(AuditQuery.ALL.about("ada").of(Set.of("AccountRestored"))))
                .containsExactly(restoredEvent("ada"));
    }

    @Test
    void aHomeSeesItsOwnLinesAndThoseOfNoHome() {
        restored("ada");
        refused("home", "bob");
        refused("cabin", "cy");

        assertThat(found(AuditQuery.ALL.at("cabin")))
                .containsExactly(
                        new AuditEvent.SignInRefused("cabin", "provider", "cy", "no-role", "r-1"),
                        restoredEvent("ada"));
    }

    @Test
    void aTextIsFoundInAValueOrTheAddressInWhicheverCaseAndNotInTheNameOfAMember() {
        restored("Ada");
        refused("home", "bob");

        assertThat(found(AuditQuery.ALL.with("ADA"))).containsExactly(restoredEvent("Ada"));
        assertThat(found(AuditQuery.ALL.with("0.2.7"))).hasSize(1);
        assertThat(found(AuditQuery.ALL.with("accountId"))).isEmpty();
        assertThat(found(AuditQuery.ALL.with("nobody"))).isEmpty();
    }

    @Test
    void whatSearchesAndDatabasesTakeForSignsIsTakenAsItIs() {
        restored("100%");
        restored("1000");
        restored("a_b");
        restored("axb");
        restored("say \"hi\" \\o/ !");
        restored("JÖRG");

        assertThat(found(AuditQuery.ALL.with("0%"))).containsExactly(restoredEvent("100%"));
        assertThat(found(AuditQuery.ALL.with("a_b"))).containsExactly(restoredEvent("a_b"));
        assertThat(found(AuditQuery.ALL.with("\"HI\" \\O/ !"))).hasSize(1);
        assertThat(found(AuditQuery.ALL.with("jörg"))).containsExactly(restoredEvent("JÖRG"));
        assertThat(found(AuditQuery.ALL.with("' OR 1=1 --"))).isEmpty();
    }

    @Test
    void pagesLeadThroughAllLinesEitherWayWithNoneTwice() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            // Several of one moment.
            facts.audit.append(restoredEvent("a" + i), "console");
            facts.audit.append(restoredEvent("b" + i), "console");
            facts.clock.advance(Duration.ofMillis(1));
            told.add("a" + i);
            told.add("b" + i);
        }

        List<String> newestFirst = pages(true);
        List<String> oldestFirst = pages(false);

        assertThat(newestFirst).containsExactlyInAnyOrderElementsOf(told);
        assertThat(oldestFirst).isEqualTo(newestFirst.reversed());
        assertThat(oldestFirst.getLast()).endsWith("6");
    }

    private List<String> pages(boolean isNewestFirst) {
        List<String> accounts = new ArrayList<>();
        Optional<Cursor> place = Optional.of(isNewestFirst ? Cursor.NEWEST : Cursor.OLDEST);
        while (place.isPresent()) {
            AuditPage page =
                    isNewestFirst
                            ? store.before(AuditQuery.ALL, place.get(), 3)
                            : store.after(AuditQuery.ALL, place.get(), 3);
            page.lines().stream()
                    .map(line -> (AuditEvent.AccountRestored) line.event().orElseThrow())
                    .forEach(event -> accounts.add(event.accountId()));
            place = page.next().map(next -> Cursor.parse(next.toString()).orElseThrow());
        }
        return accounts;
    }

    @Test
    void thereIsNoNextPageWhereThePageHoldsAllThatIsLeft() {
        restored("ada");
        restored("bob");

        assertThat(store.before(AuditQuery.ALL, Cursor.NEWEST, 1).next()).isPresent();
        assertThat(store.before(AuditQuery.ALL, Cursor.NEWEST, 2).next()).isEmpty();
    }
}
