package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.audit.UnconvergedReason;
import dev.vestibule.grant.LongLivedToken;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.revocation.AgreementRooms.Begun;
import dev.vestibule.store.Cursor;
import dev.vestibule.testhouse.home.HomeOptions;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Long-lived tokens of somebody whom an administrator switched off in Home Assistant.
class SleepingTokensTest {

    private static final String ENDS_THEM = "2026.1.0";
    private static final String LETS_THEM_SLEEP = "2025.12.5";

    @Test
    void whereDeactivationEndsThemNothingIsLeftToTell() {
        try (var house = new AgreementHouse(HomeOptions.defaults().withVersion(ENDS_THEM))) {
            Account ben = withTokens(house);

            switchOff(house, ben);
            house.worker.deliverDue();

            assertThat(told(house)).isEmpty();
            assertThat(house.facts.outbox.list()).isEmpty();
            assertThat(house.home.refreshTokenIds(house.userId(ben.id()))).isEmpty();
            assertThat(house.user(ben).isActive()).isFalse();
        }
    }

    @Test
    void whereTheySleepThatIsToldOnceForThePerson() {
        try (var house = new AgreementHouse(HomeOptions.defaults().withVersion(LETS_THEM_SLEEP))) {
            Account ben = withTokens(house);

            switchOff(house, ben);
            house.worker.deliverDue();
            house.facts.clock.advance(Duration.ofHours(1));
            house.worker.deliverDue();

            assertThat(told(house))
                    .containsExactly(
                            new AuditEvent.Unconverged(
                                    ben.id().value(),
                                    HOME.value(),
                                    UnconvergedReason.TOKENS_SLEEP.code()));
            assertThat(house.facts.outbox.list())
                    .hasSize(2)
                    .allMatch(OutboxEntry::isUnconverged)
                    .allMatch(entry -> entry.attempts() == 2);
        }
    }

    /// Attack: whoever kept a token uses it around the gateway once its person is back.
    @Test
    void whereTheySleepTheyEndWhenTheyWake() {
        try (var house = new AgreementHouse(HomeOptions.defaults().withVersion(LETS_THEM_SLEEP))) {
            Account ben = withTokens(house);
            switchOff(house, ben);
            house.worker.deliverDue();

            house.home.setActive(house.userId(ben.id()), true);
            house.compare();
            house.worker.deliverDue();

            assertThat(house.home.refreshTokenIds(house.userId(ben.id()))).isEmpty();
            assertThat(house.facts.outbox.list()).isEmpty();
        }
    }

    /// Somebody who is in, with two tokens that the gateway knows and does not hold.
    private static Account withTokens(AgreementHouse house) {
        Account ben = house.admit("ben");
        Begun in = house.enter(ben);
        for (String name : List.of("gps", "printer")) {
            String token = house.home.longLivedToken(in.userId(), name);
            assertThat(
                            house.facts.grants.addLongLived(
                                    HOME,
                                    ben.id(),
                                    new LongLivedToken(
                                            in.grant().grant().id(),
                                            AccessTokenClaims.issuerOf(token).orElseThrow(),
                                            name,
                                            house.facts.clock.instant().plus(Duration.ofDays(365)),
                                            "203.0.113.9")))
                    .isPresent();
        }
        return ben;
    }

    private static void switchOff(AgreementHouse house, Account account) {
        house.home.setActive(house.userId(account.id()), false);
        house.compare();
        assertThat(house.facts.outbox.list())
                .filteredOn(entry -> entry.what().equals("end-token"))
                .hasSize(2);
    }

    private static List<AuditEvent> told(AgreementHouse house) {
        AuditQuery unconverged =
                AuditQuery.ALL.of(Set.of(AuditEvent.Unconverged.class.getSimpleName()));
        return new AuditStore(house.facts.database)
                .after(unconverged, Cursor.OLDEST, AuditStore.PAGE_MAX).lines().stream()
                        .flatMap(line -> line.event().stream())
                        .toList();
    }
}
