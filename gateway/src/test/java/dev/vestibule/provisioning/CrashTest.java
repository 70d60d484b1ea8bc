package dev.vestibule.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.Eventually;
import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.HomeAssistantPerson;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A process dies right after each step of making a user, and another one goes on.
class CrashTest {

    private static final String CREDENTIAL = "config/auth_provider/homeassistant/create";

    private final ProvisioningHouse house = new ProvisioningHouse();
    private final Account ada = house.facts.admit("Ada");

    @AfterEach
    void close() {
        house.close();
    }

    /// The commands in the order of the steps: the row is begun before the first, and says ready
    /// before the persons are asked for.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/auth/list",
                "config/auth/create",
                CREDENTIAL,
                "person/list",
                "person/create",
                "config/auth/update"
            })
    void theNextSignInFinishesWhatACrashLeftHalfMade(String lastCommand) {
        house.home.faults().cutAfterCommand(lastCommand);
        tryToSignIn();
        house.restart();

        String id = house.enter(ada);

        assertOneWholeUser(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config/auth/create", CREDENTIAL, "person/create"})
    void twoCrashesInARowLeaveNoSecondUser(String lastCommand) {
        house.home.faults().cutAfterCommand(lastCommand);
        tryToSignIn();
        house.restart();
        house.home.faults().cutAfterCommand(lastCommand);
        tryToSignIn();
        house.restart();

        assertOneWholeUser(house.enter(ada));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config/auth/create", "person/list"})
    void aCommandThatIsNeverAnsweredHealsTheSameWay(String silent) {
        house.home.faults().hangCommand(silent);
        tryToSignIn();
        house.restart();

        assertOneWholeUser(house.enter(ada));
    }

    @Test
    void theSameProcessFinishesItToo() {
        house.home.faults().cutAfterCommand("config/auth/create");
        assertThatThrownBy(() -> house.signIn(ada)).isInstanceOf(HomeAssistantUnavailable.class);
        house.home.faults().clear();
        Eventually.holds(this::isAnswered, house.homeAssistant::status);

        assertOneWholeUser(house.enter(ada));
    }

    private boolean isAnswered() {
        try {
            return !house.homeAssistant.users().list().isEmpty();
        } catch (HomeAssistantUnavailable notYet) {
            return false;
        }
    }

    /// The role may have changed between the crash and the next sign-in.
    @Test
    void aHalfMadeAdministratorWhoIsNoneAnyMoreComesInAsNone() {
        house.home.faults().cutAfterCommand(CREDENTIAL);
        assertThatThrownBy(() -> house.signIn(ada, Role.ADMIN))
                .isInstanceOf(HomeAssistantUnavailable.class);
        house.restart();

        assertOneWholeUser(house.enter(ada));
    }

    /// A credential of nobody signs in as a fresh administrator.
    @Test
    void aCredentialThatHomeAssistantItselfLeftUnlinkedOpensNothing() {
        house.home.faults().cutAfterCommand("config/auth/create");
        tryToSignIn();
        house.restart();
        house.home.addUnlinkedCredential(house.hiddenName(ada), "some password");

        assertOneWholeUser(house.enter(ada));
    }

    @Test
    void aSecondHalfMadeUserIsRemoved() {
        house.home.faults().cutAfterCommand("config/auth/create");
        tryToSignIn();
        house.restart();
        house.homeAssistant.users().create(house.hiddenName(ada), HomeAssistantGroup.ADMIN, false);

        assertOneWholeUser(house.enter(ada));
    }

    @Test
    void anAttachedUserGetsOneHiddenCredentialOverACrash() {
        HomeUser anna = house.home.addUser("Anna", "anna", "pw", "system-users");
        house.attach(ada, anna.id());
        house.home.faults().cutAfterCommand(CREDENTIAL);
        tryToSignIn();
        house.restart();

        assertThat(house.enter(ada)).isEqualTo(anna.id());

        assertThat(house.user(anna.id()).usernames())
                .containsExactly("anna", house.hiddenName(ada));
        assertThat(house.user(anna.id()).name()).isEqualTo("Anna");
        assertThat(house.others()).hasSize(1);
    }

    /// Whether this one comes through is not the point: steps of mere comfort keep nobody out.
    private void tryToSignIn() {
        try {
            house.signIn(ada);
        } catch (HomeAssistantUnavailable cut) {
            assertThat(cut.reason()).isNotEmpty();
        }
    }

    private void assertOneWholeUser(String id) {
        assertThat(house.others()).hasSize(1);
        HomeUser user = house.user(id);
        assertThat(user.name()).isEqualTo("Ada");
        assertThat(user.groups()).containsExactly("system-users");
        assertThat(user.usernames()).containsExactly(house.hiddenName(ada));
        assertThat(house.personsOf(id))
                .extracting(HomeAssistantPerson::name)
                .containsExactly("Ada");
        assertThat(house.facts.audit.newest(10))
                .extracting(AuditLog.Line::kind)
                .containsExactly("UserProvisioned");
        assertThat(house.enter(ada)).isEqualTo(id);
    }
}
