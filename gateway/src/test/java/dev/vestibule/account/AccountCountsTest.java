package dev.vestibule.account;

import static dev.vestibule.TestFacts.CABIN;
import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.TestFacts.ISSUER;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;

class AccountCountsTest {

    private final TestFacts facts = new TestFacts();
    private final AccountCounts counts = new AccountCounts(facts.database);

    AccountCountsTest() {
        facts.database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO home (id, credential_key_sealed, created_at)
                                        VALUES (:id, 'not used', 0)
                                        """)
                                .bind("id", CABIN.value())
                                .execute());
    }

    @AfterEach
    void close() {
        facts.close();
    }

    private Account admit(Issuer issuer, String subject) {
        return facts.accounts.admit(new Subject(issuer, subject), new Profile(subject, subject));
    }

    private void give(Account account, HomeId home, Role role) {
        facts.database.change(tx -> facts.accounts.assignRole(tx, account.id(), home, role, false));
    }

    @Test
    void peopleOfAProviderAreCountedAtTheHomesWhereTheyHaveARole() {
        give(admit(ISSUER, "ada"), HOME, Role.ADMIN);
        give(admit(ISSUER, "ben"), CABIN, Role.USER);
        admit(ISSUER, "sam");
        give(admit(new Issuer("https://other.example"), "eve"), HOME, Role.USER);

        assertThat(counts.linkedAt(ISSUER, Set.of())).isEqualTo(3);
        assertThat(counts.linkedAt(ISSUER, Set.of(HOME))).isEqualTo(1);
        assertThat(counts.linkedAt(ISSUER, Set.of(HOME, CABIN))).isEqualTo(2);
    }

    @Test
    void rolesAreCountedHomeByHome() {
        give(admit(ISSUER, "ada"), HOME, Role.ADMIN);
        give(admit(ISSUER, "ben"), HOME, Role.USER);
        give(admit(ISSUER, "eve"), HOME, Role.USER);
        give(admit(ISSUER, "vic"), CABIN, Role.VIEWER);

        assertThat(counts.rolesAt(HOME)).isEqualTo(Map.of(Role.ADMIN, 1, Role.USER, 2));
        assertThat(counts.rolesAt(CABIN)).isEqualTo(Map.of(Role.VIEWER, 1));
    }
}
