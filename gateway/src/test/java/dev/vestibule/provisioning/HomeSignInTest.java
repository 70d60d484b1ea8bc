package dev.vestibule.provisioning;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantPerson;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRefusal;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class HomeSignInTest {

    private final ProvisioningHouse house = new ProvisioningHouse();
    private final Account ada = house.facts.admit("Ada");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aNewPersonGetsAUserAHiddenCredentialAndAPerson() {
        String id = house.enter(ada);

        HomeUser user = house.user(id);
        assertThat(user.name()).isEqualTo("Ada");
        assertThat(user.groups()).containsExactly("system-users");
        assertThat(user.isLocalOnly()).isFalse();
        assertThat(user.usernames()).containsExactly(house.hiddenName(ada));
        assertThat(house.personsOf(id))
                .extracting(HomeAssistantPerson::name)
                .containsExactly("Ada");
        assertThat(house.store.userIdOf(ada.id(), HOME)).contains(id);
        assertThat(house.facts.audit.newest(5))
                .extracting(AuditLog.Line::kind)
                .containsExactly("UserProvisioned");
    }

    @Test
    void theNextSignInFindsEverythingAndChangesNothing() {
        String id = house.enter(ada);
        house.home.record().clear();

        assertThat(house.enter(ada)).isEqualTo(id);

        assertThat(house.home.record().socketMessages())
                .noneMatch(message -> message.contains("/create"))
                .noneMatch(message -> message.contains("config/auth/update"));
    }

    @Test
    void whatAPersonChangesInHomeAssistantStays() {
        String id = house.enter(ada);
        house.homeAssistant.users().rename(id, "Countess");

        house.enter(ada);

        assertThat(house.user(id).name()).isEqualTo("Countess");
        assertThat(house.personsOf(id)).hasSize(1);
    }

    @Test
    void theRoleIsTheOnlyGroupAtEverySignIn() {
        String id = house.enter(ada, Role.ADMIN);
        assertThat(house.user(id).groups()).containsExactly("system-admin");

        house.enter(ada, Role.VIEWER);
        assertThat(house.user(id).groups()).containsExactly("system-read-only");

        house.enter(ada, Role.USER);
        assertThat(house.user(id).groups()).containsExactly("system-users");
    }

    @Test
    void whoseRoleCannotTakeEffectDoesNotComeIn() {
        String id = house.enter(ada, Role.ADMIN);
        house.home.faults().failCommand("config/auth/update", "unknown_error");

        assertThatThrownBy(() -> house.signIn(ada, Role.VIEWER))
                .isInstanceOf(HomeAssistantUnavailable.class);

        house.home.faults().clear();
        house.enter(ada, Role.VIEWER);
        assertThat(house.user(id).groups()).containsExactly("system-read-only");
    }

    @Test
    void theOwnerGetsASecondCredentialAndKeepsPasswordAndRights() {
        String owner = house.owner().id();
        assertThat(house.attach(ada, owner)).isEqualTo(AttachResult.Attached.SIMPLY);

        assertThat(house.enter(ada, Role.USER)).isEqualTo(owner);

        assertThat(house.owner().usernames()).containsExactly("owner", house.hiddenName(ada));
        assertThat(house.owner().groups()).containsExactly("system-admin");
        assertThat(house.home.signInDirectly("owner", "owner-password", "https://x.example/"))
                .isNotNull();
        assertThat(house.others()).isEmpty();
    }

    @Test
    void aUserOfAnIntegrationIsAttachedToNobody() {
        String cast = house.home.castToken().userId();

        assertThat(house.attach(ada, cast)).isEqualTo(new AttachResult.SystemGenerated());
        assertThat(house.attach(ada, "nobody")).isEqualTo(new AttachResult.UserNotFound());
    }

    @Test
    void whoIsSwitchedOffInHomeAssistantIsRefusedAndStaysSo() {
        String id = house.enter(ada);
        house.home.setActive(id, false);

        assertThat(house.signIn(ada))
                .isEqualTo(
                        new HomeSignInResult.Answered(
                                id, new LoginFlowResult.Refused(LoginRefusal.INACTIVE)));
        assertThat(house.user(id).isActive()).isFalse();
    }

    @Test
    void aSecondFactorOfHomeAssistantIsPassedUp() {
        String id = house.enter(ada);
        house.home.enableTotp(id);

        assertThat(house.signIn(ada))
                .isInstanceOfSatisfying(
                        HomeSignInResult.Answered.class,
                        answered ->
                                assertThat(answered.result())
                                        .isInstanceOf(LoginFlowResult.MfaRequired.class));
    }

    @Test
    void aPersonThatHomeAssistantRefusesKeepsNobodyOut() {
        house.home.faults().failCommand("person/create", "unable_to_create");

        String id = house.enter(ada);

        assertThat(house.user(id).name()).isEqualTo("Ada");
        assertThat(house.personsOf(id)).isEmpty();
    }

    @Test
    void manyFirstSignInsOfOnePersonAtTheSameMomentMakeOneUser() throws Exception {
        int count = 6;
        CountDownLatch together = new CountDownLatch(count);
        List<Future<String>> entered = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                entered.add(
                        threads.submit(
                                () -> {
                                    together.countDown();
                                    together.await();
                                    return house.enter(ada);
                                }));
            }
        }

        assertThat(house.others()).hasSize(1);
        HomeUser only = house.others().getFirst();
        for (Future<String> one : entered) {
            assertThat(one.get()).isEqualTo(only.id());
        }
        assertThat(only.usernames()).hasSize(1);
        assertThat(house.personsOf(only.id())).hasSize(1);
    }

    @Test
    void twoPeopleOfOneNameAreTwoUsers() {
        Account other =
                house.facts.accounts.admit(
                        new dev.vestibule.account.Subject(
                                dev.vestibule.TestFacts.ISSUER, "another"),
                        new dev.vestibule.account.Profile("Ada", "Ada"));

        assertThat(house.enter(ada)).isNotEqualTo(house.enter(other));

        assertThat(house.others()).extracting(HomeUser::name).containsExactly("Ada", "Ada");
    }

    /// Everybody may be called anything; only who cannot sign in is taken for half-made.
    @Test
    void aStrangerWhoIsCalledByTheHiddenNameIsNotTakenForThePerson() {
        HomeUser stranger =
                house.home.addUser(house.hiddenName(ada), "mallory", "pw", "system-admin");

        assertThat(house.enter(ada)).isNotEqualTo(stranger.id());
        assertThat(house.user(stranger.id()).usernames()).containsExactly("mallory");
    }
}
