package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.revocation.AgreementRooms.Beside;
import dev.vestibule.store.Cursor;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Ambush.Moment;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What becomes of a thing that Home Assistant does not do.
class OutboxWorkerTest {

    private static final String DELETE = "config/auth_provider/homeassistant/delete";

    private final AgreementHouse house = new AgreementHouse();
    private final Account ben = house.admit("ben");

    @AfterEach
    void close() {
        house.close();
    }

    private void dropCredentials(String... usernames) {
        house.facts.database.change(
                tx -> {
                    for (String username : usernames) {
                        house.facts.outbox.dropCredential(tx, HOME, ben.id().value(), username);
                    }
                });
    }

    private List<OutboxEntry> waiting() {
        return house.facts.outbox.list();
    }

    private List<AuditEvent> told() {
        AuditQuery unconverged =
                AuditQuery.ALL.of(Set.of(AuditEvent.Unconverged.class.getSimpleName()));
        return new AuditStore(house.facts.database)
                .after(unconverged, Cursor.OLDEST, AuditStore.PAGE_MAX).lines().stream()
                        .flatMap(line -> line.event().stream())
                        .toList();
    }

    @Test
    void aCredentialThatHomeAssistantRefusesToRemoveIsToldAndHoldsUpNothingElse() {
        house.home.addUnlinkedCredential("vst-one", "some password");
        dropCredentials("vst-one", "vst-two");
        house.home.faults().failCommand(DELETE, "unknown_error");

        house.worker.deliverDue();

        assertThat(waiting())
                .hasSize(2)
                .allMatch(OutboxEntry::isUnconverged)
                .allMatch(entry -> entry.attempts() == 1);
        assertThat(told()).hasSize(2).allMatch(event -> event.toString().contains("credential"));
        house.home.faults().clear();
        house.facts.clock.advance(Duration.ofHours(1));
        house.worker.deliverDue();
        assertThat(waiting()).isEmpty();
        assertThat(house.home.hasCredential("vst-one")).isFalse();
    }

    @Test
    void whatHomeAssistantDoesNotAnswerEndsTheRoundAndIsNoRefusal() {
        dropCredentials("vst-one", "vst-two");
        house.home.faults().cutAfterCommand(DELETE);

        house.worker.deliverDue();

        assertThat(waiting()).hasSize(2).noneMatch(OutboxEntry::isUnconverged);
        assertThat(waiting()).extracting(OutboxEntry::attempts).containsExactlyInAnyOrder(1, 0);
        assertThat(told()).isEmpty();
    }

    /// As while a directory is loaded for the first time.
    @Test
    void whoeverIsToBeOutWaitsForNobodyWhoIsYetToCome() throws Exception {
        Account ada = house.admit("ada");
        house.enter(ada);
        Account carl = house.admit("carl");
        provision(ben);
        provision(carl);
        Ambush first = house.home.faults().ambush("config/auth/create", Moment.BEFORE);
        house.home.record().clear();

        Beside<Boolean> round = house.deliverBeside();
        first.await();
        house.suspend(ada);
        first.release();

        assertThat(round.result()).isTrue();
        assertThat(waiting()).isEmpty();
        assertThat(house.user(ada).isActive()).isFalse();
        assertThat(steps()).containsExactly("comes", "is out", "comes");
    }

    private void provision(Account account) {
        house.facts.database.change(
                tx -> house.facts.outbox.provision(tx, HOME, account.id().value()));
    }

    /// What Home Assistant was told about whole people, in its order.
    private List<String> steps() {
        return house.home.record().socketMessages().stream()
                .flatMap(
                        message ->
                                message.contains("config/auth/create")
                                        ? Stream.of("comes")
                                        : message.contains("\"is_active\":false")
                                                ? Stream.of("is out")
                                                : Stream.empty())
                .toList();
    }
}
