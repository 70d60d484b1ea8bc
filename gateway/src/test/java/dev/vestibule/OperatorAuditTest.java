package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.cli.AuditControl;
import dev.vestibule.cli.AuditControl.AuditEntry;
import dev.vestibule.cli.AuditControl.AuditPage;
import dev.vestibule.cli.AuditControl.AuditWish;
import dev.vestibule.telling.IssuerNames;
import dev.vestibule.telling.Telling;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

class OperatorAuditTest {

    private final TestFacts facts = new TestFacts();
    private final AuditControl audit =
            new OperatorAudit(
                    new AuditStore(facts.database),
                    facts.accounts,
                    new Telling(facts.accounts, new IssuerNames(List.of()), false));

    @AfterEach
    void close() {
        facts.close();
    }

    private void restored(String account) {
        facts.clock.advance(Duration.ofSeconds(1));
        facts.audit.append(new AuditEvent.AccountRestored(account, "console"), "console");
    }

    @Test
    void pagesLeadThroughTheLinesInTheOrderThatIsWanted() {
        restored("a-1");
        restored("a-2");
        restored("a-3");
        AuditWish wish = new AuditWish("", "", "", Set.of("AccountRestored"), 2, true);

        AuditPage first = audit.find(wish, "");
        AuditPage second = audit.find(wish, first.next());

        assertThat(first.lines()).hasSize(2);
        assertThat(second.lines())
                .extracting(AuditEntry::detail)
                .singleElement()
                .asString()
                .contains("a-3");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void momentsBoundWhatIsFound() {
        restored("a-1");
        String between = facts.clock.instant().plusMillis(500).toString();
        restored("a-2");

        assertThat(audit.find(new AuditWish(between, "", "", Set.of(), 9, false), "").lines())
                .extracting(AuditEntry::detail)
                .containsExactly("{\"accountId\":\"a-2\",\"by\":\"console\"}");
        assertThat(audit.find(new AuditWish("", between, "", Set.of(), 9, false), "").lines())
                .hasSize(1);
    }

    @Test
    void aPersonIsNamedByUserNameOrIdAndMayBeGone() {
        Account ada = facts.admit("ada");
        restored(ada.id().value());
        restored("gone");

        assertThat(lines("ada")).isEqualTo(1);
        assertThat(lines(ada.id().value())).isEqualTo(1);
        assertThat(lines("gone")).isEqualTo(1);
        assertThat(lines("nobody")).isZero();
    }

    @Test
    void aLineSaysInEnglishWhatHappenedToWhom() {
        restored(facts.admit("ada").id().value());

        assertThat(audit.find(new AuditWish("", "", "ada", Set.of(), 9, false), "").lines())
                .extracting(AuditEntry::sentence)
                .containsExactly("ada was let in again by the operator");
    }

    private int lines(String account) {
        return audit.find(new AuditWish("", "", account, Set.of("AccountRestored"), 9, false), "")
                .lines()
                .size();
    }
}
