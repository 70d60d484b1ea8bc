package dev.vestibule.grant;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantService.ForClient;
import dev.vestibule.revocation.Cause;
import dev.vestibule.store.Cursor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class ClientSearchTest {

    private final TestFacts facts = new TestFacts();
    private final ClientSearch search = new ClientSearch(facts.database);
    private final Account ada = facts.admit("ada");
    private final Account ben = facts.admit("ben");
    private int count;

    @AfterEach
    void close() {
        facts.close();
    }

    private IssuedGrant give(Account account, String clientId, String name) {
        facts.clock.advance(Duration.ofSeconds(1));
        count++;
        return facts.grants
                .issue(
                        new ForClient(
                                HOME,
                                account,
                                Optional.empty(),
                                clientId,
                                name,
                                new AskedFrom("192.0.2.8", "a browser"),
                                "192.0.2.1"),
                        facts.upstream(Integer.toString(count)))
                .orElseThrow();
    }

    private List<ClientSearch.Line> found(String words) {
        return search.find(new ClientSearch.Query(Set.of(HOME), words, Cursor.NEWEST, 10))
                .clients();
    }

    @Test
    void aClientIsOneLineWithItsLiveGrantsAndTheirPeople() {
        give(ada, "https://a.example/", "A");
        IssuedGrant ended = give(ben, "https://a.example/", "A");
        give(ada, "https://a.example/", "A");
        facts.sessionLifecycle.endGrant(
                ended.grant().id(), new Cause("console", EndReason.BY_OPERATOR, "console"));

        assertThat(found(""))
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.live()).isEqualTo(2);
                            assertThat(line.people()).isEqualTo(1);
                            assertThat(line.lastUsedAt()).isEqualTo(facts.clock.instant());
                        });
    }

    @Test
    void aClientWhoseGrantsHaveAllEndedIsStillThere() {
        IssuedGrant ended = give(ben, "https://a.example/", "A");
        facts.sessionLifecycle.endGrant(
                ended.grant().id(), new Cause("console", EndReason.BY_OPERATOR, "console"));

        assertThat(search.find(HOME, "https://a.example/"))
                .hasValueSatisfying(
                        line -> {
                            assertThat(line.live()).isZero();
                            assertThat(line.people()).isZero();
                        });
        assertThat(search.find(HOME, "https://b.example/")).isEmpty();
        assertThat(search.find(new HomeId("cabin"), "https://a.example/")).isEmpty();
    }

    @Test
    void isFoundByAPartOfItsIdOrOfOneOfItsNamesAndCountedWhole() {
        give(ada, "https://a.example/", "Kitchen");
        give(ada, "https://a.example/", "Cellar");
        give(ada, "https://b.example/", "Attic");

        assertThat(found("KITCH")).singleElement().extracting(ClientSearch.Line::live).isEqualTo(2);
        assertThat(found("B.EX"))
                .singleElement()
                .extracting(ClientSearch.Line::clientId)
                .isEqualTo("https://b.example/");
        assertThat(found("_")).isEmpty();
    }

    @Test
    void manyComePageByPageAndNoneIsLostOrComesTwice() {
        for (int i = 0; i < 7; i++) {
            give(ada, "https://c" + i + ".example/", "");
        }
        facts.clock.advance(Duration.ofSeconds(-1));
        give(ada, "https://c7.example/", "");

        List<String> seen = new ArrayList<>();
        Optional<Cursor> place = Optional.of(Cursor.NEWEST);
        while (place.isPresent()) {
            ClientSearch.Found page =
                    search.find(new ClientSearch.Query(Set.of(HOME), "", place.get(), 3));
            page.clients().forEach(line -> seen.add(line.clientId()));
            place = page.next().map(next -> Cursor.parse(next.toString()).orElseThrow());
        }

        assertThat(seen).hasSize(8).doesNotHaveDuplicates().endsWith("https://c0.example/");
    }

    @Test
    void aGrantRemembersFromWhereItWasAskedFor() {
        IssuedGrant issued = give(ada, "https://a.example/", "A");

        assertThat(new GrantSearch(facts.database, facts.grants).find(issued.grant().id()))
                .hasValueSatisfying(
                        grant ->
                                assertThat(grant.from())
                                        .isEqualTo(new AskedFrom("192.0.2.8", "a browser")));
    }
}
