package dev.vestibule.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.audit.Actor;
import dev.vestibule.breaker.Source;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.Role;
import dev.vestibule.testhouse.openid.Person;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A provider that knows nobody any more, or nobody's groups, is not believed of everybody at once.
class HeldPollTest {

    private static final Source PROVIDER = new Source.Provider("op");

    private LivenessHouse house = new LivenessHouse(DisablementProof.WHEN_SAID);
    private final List<Account> people = new ArrayList<>();

    @AfterEach
    void close() {
        house.close();
    }

    private void signIn(int count) {
        for (int i = 0; i < count; i++) {
            house.provider.addPerson(Person.of("p" + i, "P" + i).withGroups("family"));
            people.add(house.signIn("p" + i));
        }
    }

    private long inside() {
        return people.stream()
                .filter(person -> house.account(person).isActive())
                .filter(person -> house.roleOf(person).isPresent())
                .filter(person -> !house.sessionsOf(person).isEmpty())
                .count();
    }

    private Instant provenAt(Account account) {
        return house.facts.proofs.lastProven().getOrDefault(account.id(), Instant.EPOCH);
    }

    @Test
    void aProviderThatHasDisabledEverybodyIsHeldAndAskedAgain() {
        signIn(10);
        people.forEach(person -> house.provider.disableInWords(person.username()));

        house.askEverybody();
        assertThat(inside()).isEqualTo(6);
        house.askEverybody();
        assertThat(inside()).isEqualTo(6);

        people.forEach(person -> house.provider.enable(person.username()));
        house.askEverybody();
        assertThat(inside()).isEqualTo(6);
    }

    @Test
    void whatAnOperatorAllowsHappensAtTheNextQuestion() {
        signIn(10);
        people.forEach(person -> house.provider.disableInWords(person.username()));
        house.askEverybody();

        house.facts.breaker.allow(PROVIDER, Actor.CONSOLE);
        house.askEverybody();

        assertThat(inside()).isZero();
    }

    @Test
    void aProviderThatHasLostTheGroupsIsHeldAndVouchesAllTheSame() {
        signIn(10);
        people.forEach(person -> house.provider.setGroups(person.username(), List.of()));

        house.askEverybody();

        assertThat(inside()).isEqualTo(6);
        assertThat(people)
                .allSatisfy(
                        person ->
                                assertThat(provenAt(person))
                                        .isEqualTo(house.facts.clock.instant()));
        house.facts.breaker.allow(PROVIDER, Actor.CONSOLE);
        house.askEverybody();
        assertThat(inside()).isZero();
    }

    @Test
    void aFewOfManyLeaveAsEver() {
        signIn(10);
        people.subList(0, 2).forEach(person -> house.provider.disableInWords(person.username()));
        people.subList(2, 4)
                .forEach(person -> house.provider.setGroups(person.username(), List.of()));

        house.askEverybody();

        assertThat(inside()).isEqualTo(6);
        assertThat(house.facts.breaker.list()).isEmpty();
    }

    /// A question whose answer was held used nothing up, so that the next refusal proves as much.
    @Test
    void aRefusalIsBelievedStillWhenItIsAllowed() {
        house.close();
        house = new LivenessHouse(DisablementProof.ALWAYS);
        signIn(10);
        people.forEach(person -> house.provider.signOut(person.username()));
        house.askEverybody();
        assertThat(inside()).isEqualTo(6);

        house.facts.breaker.allow(PROVIDER, Actor.CONSOLE);
        house.askEverybody();

        assertThat(inside()).isZero();
    }

    /// A role that becomes less takes nobody's access.
    @Test
    void everybodyMayBeDemotedAtOnce() {
        signIn(10);
        people.forEach(person -> house.provider.setGroups(person.username(), List.of("admins")));
        house.askEverybody();
        people.forEach(person -> house.provider.setGroups(person.username(), List.of("family")));

        house.askEverybody();

        assertThat(people)
                .allSatisfy(person -> assertThat(house.roleOf(person)).contains(Role.USER));
    }
}
