package dev.vestibule.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.vestibule.TestFacts;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.DeprovisioningConfig;
import dev.vestibule.config.Role;
import dev.vestibule.tenant.TenantId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class BreakerTest {

    private static final Source OKTA = new Source.ScimClient(new TenantId("1"), "okta");
    private static final Source KEYCLOAK = new Source.Provider("keycloak");
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Verdict GO = new Verdict.Go();
    private static final Verdict HELD = new Verdict.Held(Duration.ofMinutes(5));

    private final TestFacts facts = new TestFacts();
    private final Deque<Runnable> afterwards = new ArrayDeque<>();
    private final List<AccountId> people = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Breaker.class);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private Breaker breaker = newBreaker(DeprovisioningConfig.DEFAULTS);

    private Breaker newBreaker(DeprovisioningConfig config) {
        return new Breaker(
                facts.clock, facts.database, facts.accounts, facts.audit, config, afterwards::add);
    }

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @AfterEach
    void close() {
        logger.detachAppender(written);
        facts.close();
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void house(int count) {
        for (int i = 0; i < count; i++) {
            people.add(facts.admit("p" + i).id());
        }
    }

    private AccountId person(int number) {
        return people.get(number);
    }

    /// Suspends some people on a source's word, as somebody would who asks the breaker.
    private Verdict leave(Source source, int... numbers) {
        Set<AccountId> leaving =
                Arrays.stream(numbers).mapToObj(this::person).collect(Collectors.toSet());
        Verdict[] verdict = new Verdict[1];
        try {
            facts.database.change(
                    tx -> {
                        int before = facts.accounts.withAccess(tx, Set.copyOf(people)).size();
                        leaving.forEach(
                                account -> facts.accounts.suspend(tx, account, SuspendedBy.SCIM));
                        verdict[0] = breaker.check(tx, source, leaving, before);
                        if (verdict[0] instanceof Verdict.Held) {
                            throw new RolledBack();
                        }
                    });
        } catch (RolledBack rolledBack) {
            assertThat(rolledBack).hasMessage(null);
        }
        writeWhatIsHeld();
        return verdict[0];
    }

    private void writeWhatIsHeld() {
        while (!afterwards.isEmpty()) {
            afterwards.remove().run();
        }
    }

    private void leaveOneByOne(Source source, int first, int last) {
        IntStream.rangeClosed(first, last)
                .forEach(
                        number -> assertThat(leave(source, number)).as("p" + number).isEqualTo(GO));
    }

    private void restore(int number) {
        facts.database.change(
                tx -> facts.accounts.restore(tx, person(number), SuspendedBy.OPERATOR));
    }

    private boolean hasAccess(int number) {
        return facts.database
                .read(handle -> facts.accounts.withAccess(handle, Set.of(person(number))))
                .contains(person(number));
    }

    private List<String> audited() {
        return facts.audit.newest(100).stream()
                .filter(line -> line.kind().startsWith("Deprovisioning"))
                .map(line -> line.kind() + " " + line.address() + " " + line.detail())
                .toList();
    }

    @Test
    void fourPeopleMayAlwaysLeave() {
        house(4);

        assertThat(leave(OKTA, 0, 1, 2, 3)).isEqualTo(GO);
        assertThat(breaker.list()).isEmpty();
    }

    @Test
    void theFifthOfFiveIsHeld() {
        house(5);
        leaveOneByOne(OKTA, 0, 3);

        assertThat(leave(OKTA, 4)).isEqualTo(HELD);
        assertThat(hasAccess(4)).isTrue();
    }

    @Test
    void whoOnlyWantsToKnowHoldsNobody() {
        house(5);
        leaveOneByOne(OKTA, 0, 3);

        Verdict foreseen =
                facts.database.foresee(
                        tx -> {
                            facts.accounts.suspend(tx, person(4), SuspendedBy.SCIM);
                            return breaker.check(tx, OKTA, Set.of(person(4)), 1);
                        });

        assertThat(foreseen).isEqualTo(HELD);
        assertThat(afterwards).isEmpty();
        assertThat(hasAccess(4)).isTrue();
        assertThat(breaker.list()).isEmpty();
        assertThat(leave(OKTA, 4)).isEqualTo(HELD);
        assertThat(breaker.list()).hasSize(1);
    }

    /// With a share of 30 of a hundred: exactly as many may leave, and not one more.
    @ParameterizedTest
    @CsvSource({"20, 6", "50, 15", "17, 5", "100, 30"})
    void asManyMayLeaveAsTheShareAllows(int size, int most) {
        house(size);

        assertThat(leave(OKTA, IntStream.rangeClosed(0, most).toArray())).isEqualTo(HELD);
        breaker.dismiss(OKTA, Actor.CONSOLE);
        assertThat(leave(OKTA, IntStream.range(0, most).toArray())).isEqualTo(GO);
        assertThat(leave(OKTA, most)).isEqualTo(HELD);
    }

    @Test
    void theShareIsOfThoseWhoWereThereAtTheBeginning() {
        house(20);
        leaveOneByOne(OKTA, 0, 5);

        assertThat(leave(OKTA, 6)).isEqualTo(HELD);
    }

    @Test
    void manyInOneRequestCountAsMany() {
        house(10);

        assertThat(leave(OKTA, 0, 1, 2, 3, 4, 5)).isEqualTo(HELD);
        assertThat(IntStream.range(0, 10).allMatch(this::hasAccess)).isTrue();
        assertThat(breaker.list())
                .singleElement()
                .satisfies(
                        hold -> {
                            assertThat(hold.source()).isEqualTo("scim:okta");
                            assertThat(hold.waiting()).isEqualTo(6);
                            assertThat(hold.examples())
                                    .hasSize(5)
                                    .doesNotHaveDuplicates()
                                    .isSubsetOf("p0", "p1", "p2", "p3", "p4", "p5");
                            assertThat(hold.gone()).isZero();
                            assertThat(hold.people()).isEqualTo(10);
                            assertThat(hold.isAllowed()).isFalse();
                            assertThat(hold.beganAt()).isEqualTo(facts.clock.instant());
                            assertThat(hold.endsAt()).isEqualTo(facts.clock.instant().plus(WINDOW));
                        });
    }

    @Test
    void onePersonCountsOnceHoweverOftenTheyLeave() {
        house(5);
        for (int i = 0; i < 10; i++) {
            assertThat(leave(OKTA, 0)).isEqualTo(GO);
            restore(0);
        }
        leaveOneByOne(OKTA, 0, 3);

        assertThat(leave(OKTA, 3)).isEqualTo(GO);
        assertThat(leave(OKTA, 4)).isEqualTo(HELD);
    }

    @Test
    void whoeverWasLetInAgainIsNotGone() {
        house(10);
        leaveOneByOne(OKTA, 0, 3);
        restore(0);

        assertThat(leave(OKTA, 4)).isEqualTo(GO);
        assertThat(leave(OKTA, 5)).isEqualTo(HELD);
    }

    /// Access is lost with the last role, too; and comes back with one.
    @Test
    void whoeverHasARoleAgainIsNotGone() {
        house(10);
        leaveOneByOne(OKTA, 0, 3);
        restore(0);
        facts.dropRole(person(0));
        assertThat(leave(OKTA, 4)).isEqualTo(HELD);

        breaker.dismiss(OKTA, Actor.CONSOLE);
        facts.assignRole(person(0), Role.VIEWER);
        assertThat(leave(OKTA, 4)).isEqualTo(GO);
    }

    @Test
    void peopleWhoLeftBeforeTheWindowCountNoMore() {
        house(10);
        leaveOneByOne(OKTA, 0, 3);
        facts.clock.advance(WINDOW.minusMillis(1));
        assertThat(leave(OKTA, 4)).isEqualTo(HELD);

        breaker.dismiss(OKTA, Actor.CONSOLE);
        facts.clock.advance(Duration.ofMillis(1));
        leaveOneByOne(OKTA, 4, 7);
    }

    @Test
    void twoSourcesDoNotAddUp() {
        house(10);
        leaveOneByOne(OKTA, 0, 3);
        leaveOneByOne(KEYCLOAK, 4, 7);

        assertThat(leave(KEYCLOAK, 8)).isEqualTo(HELD);
        assertThat(breaker.list())
                .extracting(HoldSummary::source)
                .containsExactly("provider:keycloak");
    }

    /// Attack: a client that is removed and added again under its name.
    @Test
    void aClientOfTheSameNameIsAnotherSource() {
        house(10);
        leaveOneByOne(OKTA, 0, 3);

        leaveOneByOne(new Source.ScimClient(new TenantId("2"), "okta"), 4, 7);
    }

    @Test
    void whileSomebodyIsHeldEverybodyWaits() {
        house(100);
        assertThat(leave(OKTA, IntStream.rangeClosed(0, 30).toArray())).isEqualTo(HELD);

        assertThat(leave(OKTA, 99)).isEqualTo(HELD);
        assertThat(breaker.list().getFirst().waiting()).isEqualTo(32);
        assertThat(leave(KEYCLOAK, 98)).isEqualTo(GO);
    }

    /// Between the verdict and the writing of the hold another request may come.
    @Test
    void aHoldStandsBeforeItIsWritten() {
        house(100);
        Set<AccountId> many = Set.copyOf(people.subList(0, 31));
        facts.database.change(tx -> breaker.check(tx, OKTA, many, 100));

        assertThat(
                        facts.database.<Verdict>inTransaction(
                                tx -> breaker.check(tx, OKTA, Set.of(person(99)), 100)))
                .isEqualTo(HELD);
        afterwards.removeLast().run();
        assertThat(leave(OKTA, 98)).isEqualTo(HELD);
        assertThat(breaker.list().getFirst().waiting()).isEqualTo(33);
        assertThat(audited()).hasSize(1);
    }

    @Test
    void aHoldEndsByItselfWhenTheWindowHasPassed() {
        house(100);
        assertThat(leave(OKTA, IntStream.rangeClosed(0, 30).toArray())).isEqualTo(HELD);

        facts.clock.advance(WINDOW.minusMillis(1));
        assertThat(leave(OKTA, 99)).isEqualTo(new Verdict.Held(Duration.ofSeconds(1)));
        facts.clock.advance(Duration.ofMillis(1));
        assertThat(breaker.list()).isEmpty();
        assertThat(leave(OKTA, 99)).isEqualTo(GO);
    }

    /// Attack: to wait, and to go on with the next share as soon as the hold has passed.
    @Test
    void aClientThatTriesAgainAndAgainStaysHeld() {
        house(20);
        leaveOneByOne(OKTA, 0, 5);
        for (int round = 0; round < 12; round++) {
            for (int number = 6; number < 20; number++) {
                assertThat(leave(OKTA, number)).as("p" + number).isInstanceOf(Verdict.Held.class);
            }
            facts.clock.advance(Duration.ofMinutes(20));
        }

        assertThat(hasAccess(6)).isTrue();
        assertThat(audited()).hasSize(4);
    }

    @Test
    void aHoldIsAuditedAndAlarmedOnce() {
        house(20);
        leaveOneByOne(OKTA, 0, 5);
        for (int i = 0; i < 3; i++) {
            leave(OKTA, 6);
            leave(OKTA, 7);
        }

        assertThat(audited())
                .containsExactly(
                        "DeprovisioningHeld breaker {\"source\":\"scim:okta\",\"leaving\":7,"
                                + "\"people\":20,\"names\":[\"p6\"]}");
        assertThat(written.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "event=deprovisioning-held source=scim:okta leaving=7 people=20"
                                + " until=2026-01-01T13:00:00Z"
                                + " next=\"vestibule deprovisioning list\"");
    }

    @Test
    void aRestartChangesNothing() {
        house(20);
        leaveOneByOne(OKTA, 0, 5);
        breaker = newBreaker(DeprovisioningConfig.DEFAULTS);
        assertThat(leave(OKTA, 6)).isEqualTo(HELD);

        breaker = newBreaker(DeprovisioningConfig.DEFAULTS);
        assertThat(leave(OKTA, 7)).isEqualTo(HELD);
        breaker.allow(OKTA, Actor.CONSOLE);
        breaker = newBreaker(DeprovisioningConfig.DEFAULTS);
        assertThat(leave(OKTA, 7)).isEqualTo(GO);
    }

    @Test
    void whatIsAllowedGoesOnForTheWindowAndNoLonger() {
        house(100);
        int[] many = IntStream.rangeClosed(0, 30).toArray();
        assertThat(leave(OKTA, many)).isEqualTo(HELD);
        Instant until = breaker.allow(OKTA, new Actor("account ada", "192.0.2.7"));

        assertThat(until).isEqualTo(facts.clock.instant().plus(WINDOW));
        assertThat(leave(OKTA, many)).isEqualTo(GO);
        facts.clock.advance(WINDOW.minusMillis(1));
        assertThat(leave(OKTA, IntStream.range(31, 60).toArray())).isEqualTo(GO);
        facts.clock.advance(Duration.ofMillis(1));
        assertThat(leave(OKTA, IntStream.range(60, 73).toArray())).isEqualTo(HELD);
        assertThat(audited())
                .hasSize(3)
                .contains(
                        "DeprovisioningAllowed 192.0.2.7 {\"source\":\"scim:okta\",\"by\":\"account"
                                + " ada\"}");
    }

    /// One person who leaves after a move that was meant is not part of it.
    @Test
    void whoeverLeftByPermissionCountsForNothingLater() {
        house(10);
        leaveOneByOne(OKTA, 0, 3);
        assertThat(leave(OKTA, 4)).isEqualTo(HELD);
        breaker.allow(OKTA, Actor.CONSOLE);
        leaveOneByOne(OKTA, 4, 5);
        facts.clock.advance(WINDOW);

        leaveOneByOne(OKTA, 6, 9);
    }

    @Test
    void aPermissionIsForOneSource() {
        house(20);
        breaker.allow(OKTA, Actor.CONSOLE);

        assertThat(leave(KEYCLOAK, 0, 1, 2, 3, 4, 5, 6)).isEqualTo(HELD);
        assertThat(leave(OKTA, 0, 1, 2, 3, 4, 5, 6)).isEqualTo(GO);
    }

    @Test
    void aHoldThatIsDismissedEndsAndNobodyHasLeft() {
        house(100);
        assertThat(leave(OKTA, IntStream.rangeClosed(0, 30).toArray())).isEqualTo(HELD);

        assertThat(breaker.dismiss(OKTA, Actor.CONSOLE)).isTrue();
        assertThat(breaker.list()).isEmpty();
        assertThat(leave(OKTA, 99)).isEqualTo(GO);
        assertThat(leave(OKTA, IntStream.rangeClosed(0, 30).toArray())).isEqualTo(HELD);
        breaker.dismiss(OKTA, Actor.CONSOLE);
        assertThat(breaker.dismiss(OKTA, Actor.CONSOLE)).isFalse();
    }

    @Test
    void aPermissionCanBeTakenBack() {
        house(20);
        breaker.allow(OKTA, Actor.CONSOLE);

        assertThat(breaker.dismiss(OKTA, Actor.CONSOLE)).isTrue();
        assertThat(leave(OKTA, 0, 1, 2, 3, 4, 5, 6)).isEqualTo(HELD);
    }

    /// Between the verdict and the writing of the hold an operator may allow it.
    @Test
    void aHoldIsNotWrittenOverAPermission() {
        house(100);
        Set<AccountId> many = Set.copyOf(people.subList(0, 31));
        facts.database.change(tx -> breaker.check(tx, OKTA, many, 100));
        breaker.allow(OKTA, Actor.CONSOLE);
        writeWhatIsHeld();

        assertThat(breaker.list()).singleElement().matches(HoldSummary::isAllowed);
        assertThat(leave(OKTA, IntStream.rangeClosed(0, 30).toArray())).isEqualTo(GO);
    }

    /// What a transaction did that failed for another reason did not happen.
    @Test
    void whoeverDidNotLeaveInTheEndIsNotCounted() {
        house(5);
        assertThatThrownBy(
                        () ->
                                facts.database.change(
                                        tx -> {
                                            facts.accounts.suspend(tx, person(0), SuspendedBy.SCIM);
                                            breaker.check(tx, OKTA, Set.of(person(0)), 5);
                                            throw new RolledBack();
                                        }))
                .isInstanceOf(RolledBack.class);

        leaveOneByOne(OKTA, 1, 4);
    }

    @Test
    void whoWaitedAndLeftInAnotherWayIsListedNoMore() {
        house(20);
        assertThat(leave(OKTA, 0, 1, 2, 3, 4, 5, 6)).isEqualTo(HELD);
        facts.database.change(tx -> facts.accounts.suspend(tx, person(0), SuspendedBy.OPERATOR));

        assertThat(breaker.list().getFirst().waiting()).isEqualTo(6);
        assertThat(breaker.list().getFirst().examples()).doesNotContain("p0");
    }

    @Test
    void theShareTheNumberAndTheWindowAreTheOperators() {
        house(20);
        breaker = newBreaker(new DeprovisioningConfig(50, Duration.ofDays(1), 12));
        leaveOneByOne(OKTA, 0, 10);
        facts.clock.advance(Duration.ofHours(23));

        assertThat(leave(OKTA, 11)).isEqualTo(HELD);
    }

    @Test
    void aShareOfAHundredHoldsNothing() {
        house(20);
        breaker = newBreaker(new DeprovisioningConfig(100, WINDOW, 5));

        assertThat(leave(OKTA, IntStream.range(0, 20).toArray())).isEqualTo(GO);
    }

    @Test
    void whatIsTooLongAgoIsKeptNoLonger() {
        house(20);
        leaveOneByOne(OKTA, 0, 3);
        facts.clock.advance(WINDOW);
        leaveOneByOne(OKTA, 4, 4);

        assertThat(
                        facts.database.<Integer>read(
                                handle ->
                                        handle.createQuery("SELECT COUNT(*) FROM departure")
                                                .mapTo(Integer.class)
                                                .one()))
                .isEqualTo(1);
    }

    @Test
    void aSourceThatIsForgottenLeavesNothingBehind() {
        house(20);
        leaveOneByOne(OKTA, 0, 5);
        leave(OKTA, 6);
        facts.database.change(tx -> breaker.forget(tx, OKTA));

        assertThat(breaker.list()).isEmpty();
        leaveOneByOne(OKTA, 6, 9);
    }
}
