package dev.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vestibule.TestFacts;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.LogLines;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.provisioning.HomeStore;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class DeparturesTest {

    /// It was configured once.
    private static final HomeId FORMER = new HomeId("barn");

    private final DirectoryHouse house = new DirectoryHouse();

    @BeforeEach
    void haveAFormerHome() {
        var _ =
                new HomeStore(
                                house.facts.clock,
                                house.facts.secrets,
                                house.facts.database,
                                house.facts.sealer)
                        .findOrCreate(FORMER);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private List<String> sendPeople(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                house.send(
                                        "{\"userName\":\"%1$s%2$d\",\"externalId\":\"%1$s%2$d\"}"
                                                .formatted(name, i)))
                .toList();
    }

    private void deleteAll(List<String> users) {
        users.forEach(user -> house.delete(ResourceKind.USER, user));
    }

    @Test
    void newcomersDoNotMakeThoseWhoLeaveLookFew() {
        List<String> residents = sendPeople("resident", 10);
        String family = house.group("family", residents.toArray(String[]::new));
        house.facts.clock.advance(Duration.ofHours(2));
        List<String> all = new ArrayList<>(residents);
        all.addAll(sendPeople("newcomer", 40));
        house.regroup(family, "family", all.toArray(String[]::new));

        deleteAll(residents.subList(0, 4));
        ScimError held =
                catchThrowableOfType(
                        ScimError.class, () -> house.delete(ResourceKind.USER, residents.get(4)));

        assertThat(held).isNotNull();
        assertThat(held.status()).isEqualTo(503);
        assertThat(house.person(residents.get(4)).isActive()).isTrue();
    }

    @Test
    void whatIsHeldIsNotToldAsDone() {
        List<String> residents = sendPeople("resident", 10);
        house.group("family", residents.toArray(String[]::new));
        house.facts.clock.advance(Duration.ofHours(2));
        try (LogLines lines = new LogLines(AuditLog.class)) {
            deleteAll(residents.subList(0, 4));
            assertThat(suspensions(lines)).isEqualTo(4);

            assertThat(
                            catchThrowableOfType(
                                    ScimError.class,
                                    () -> house.delete(ResourceKind.USER, residents.get(4))))
                    .isNotNull();

            assertThat(suspensions(lines)).isEqualTo(4);
        }
    }

    @Test
    void whoAdministersAHomeThatIsConfiguredNoMoreCanBeShutOut() {
        String ada = house.send("{\"userName\": \"ada\", \"externalId\": \"1\"}");
        String ben = house.send("{\"userName\": \"ben\", \"externalId\": \"2\"}");
        house.group("family", ada, ben);
        assignRoleAtFormerHome(ada, Role.ADMIN);
        assignRoleAtFormerHome(ben, Role.ADMIN);
        house.facts.lifecycle.suspend(
                house.accountOf(ben), SuspendedBy.OPERATOR, TestFacts.cause());

        house.change(ada, "{\"userName\": \"ada\", \"externalId\": \"1\", \"active\": false}");

        assertThat(house.person(ada).isActive()).isFalse();
        assertThat(house.facts.accounts.roleOf(house.accountOf(ada), FORMER))
                .as("the home may come back")
                .contains(Role.ADMIN);
    }

    @Test
    void rolesAtAHomeThatIsConfiguredNoMoreHideNobodyWhoLeaves() {
        List<String> people = sendPeople("resident", 10);
        String family = house.group("family", people.toArray(String[]::new));
        house.facts.clock.advance(Duration.ofHours(2));
        people.forEach(person -> assignRoleAtFormerHome(person, Role.USER));

        ScimError held =
                catchThrowableOfType(ScimError.class, () -> house.regroup(family, "family"));

        assertThat(held).isNotNull();
        assertThat(held.status()).isEqualTo(503);
        assertThat(people).allSatisfy(person -> assertThat(house.roleOf(person)).isPresent());
    }

    @Test
    void whoHasARoleAtAFormerHomeOnlyDoesNotMakeThoseWhoLeaveLookFew() {
        List<String> residents = sendPeople("resident", 10);
        house.group("family", residents.toArray(String[]::new));
        sendPeople("former", 40).forEach(person -> assignRoleAtFormerHome(person, Role.USER));
        house.facts.clock.advance(Duration.ofHours(2));

        deleteAll(residents.subList(0, 4));
        ScimError held =
                catchThrowableOfType(
                        ScimError.class, () -> house.delete(ResourceKind.USER, residents.get(4)));

        assertThat(held).isNotNull();
        assertThat(held.status()).isEqualTo(503);
    }

    private void assignRoleAtFormerHome(String user, Role role) {
        house.facts.database.change(
                tx ->
                        house.facts.accounts.assignRole(
                                tx, house.accountOf(user), FORMER, role, false));
    }

    private static long suspensions(LogLines lines) {
        return lines.all().stream()
                .filter(line -> line.startsWith("event=AccountSuspended "))
                .count();
    }

    @Test
    void aFirstLoadMayBeCorrected() {
        List<String> people = sendPeople("resident", 20);
        house.group("family", people.toArray(String[]::new));

        deleteAll(people.subList(0, 5));

        assertThat(house.person(people.get(5)).isActive()).isTrue();
    }
}
