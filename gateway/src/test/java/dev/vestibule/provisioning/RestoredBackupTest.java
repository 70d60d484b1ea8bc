package dev.vestibule.provisioning;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRefusal;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Home Assistant comes back from a backup that is older than what the gateway remembers.
class RestoredBackupTest {

    private final ProvisioningHouse house = new ProvisioningHouse();
    private final Account ada = house.facts.admit("Ada");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aUserWhoIsGoneIsMadeAgain() {
        String before = house.enter(ada);
        house.home.deleteUser(before);

        String after = house.enter(ada);

        assertThat(after).isNotEqualTo(before);
        assertThat(house.others()).extracting(HomeUser::id).containsExactly(after);
        assertThat(house.user(after).name()).isEqualTo("Ada");
        assertThat(house.store.userIdOf(ada.id(), HOME)).contains(after);
        assertThat(house.store.accountOf(HOME, before)).isEmpty();
    }

    @Test
    void aUserWhoIsGoneAndWhoseUserNameIsLeftOverIsMadeAgain() {
        house.home.deleteUser(house.enter(ada));
        house.home.addUnlinkedCredential(house.hiddenName(ada), "an old password");

        house.enter(ada);

        assertThat(house.others()).hasSize(1);
        assertThat(house.others().getFirst().groups()).containsExactly("system-users");
    }

    @Test
    void aCredentialThatIsGoneIsMadeAgain() {
        String id = house.enter(ada);
        house.home.removeCredential(house.hiddenName(ada));

        assertThat(house.enter(ada)).isEqualTo(id);

        assertThat(house.user(id).usernames()).containsExactly(house.hiddenName(ada));
        assertThat(house.others()).hasSize(1);
    }

    @Test
    void aPasswordThatDiffersIsMadeAgainOnce() {
        String id = house.enter(ada);
        house.home.setPassword(house.hiddenName(ada), "of the backup");

        assertThat(house.enter(ada)).isEqualTo(id);

        assertThat(house.user(id).usernames()).containsExactly(house.hiddenName(ada));
        house.home.record().clear();
        house.enter(ada);
        assertThat(house.home.record().contains("homeassistant/create")).isFalse();
    }

    /// The user in the backup is older than the steps that completed them.
    @Test
    void aUserOfTheBackupWhoIsHalfMadeIsCompleted() {
        String id = house.enter(ada);
        house.home.removeCredential(house.hiddenName(ada));
        house.homeAssistant.users().rename(id, house.hiddenName(ada));

        assertThat(house.enter(ada)).isEqualTo(id);

        assertThat(house.user(id).name()).isEqualTo("Ada");
        assertThat(house.personsOf(id)).hasSize(1);
    }

    @Test
    void rightsOfTheBackupDoNotComeBack() {
        String id = house.enter(ada, Role.USER);
        house.homeAssistant.users().moveTo(id, HomeAssistantGroup.ADMIN);

        house.enter(ada, Role.USER);

        assertThat(house.user(id).groups()).containsExactly("system-users");
    }

    /// Whoever switched the user off, Home Assistant's administrator or the backup: the gateway
    /// cannot know, and so does not undo it.
    @Test
    void aUserWhoIsInactiveInTheBackupIsRefused() {
        String id = house.enter(ada);
        house.home.removeCredential(house.hiddenName(ada));
        house.home.setActive(id, false);

        assertThat(house.signIn(ada))
                .isEqualTo(
                        new HomeSignInResult.Answered(
                                id, new LoginFlowResult.Refused(LoginRefusal.INACTIVE)));
    }

    @Test
    void anAttachedUserWhoIsGoneIsNotReplacedByAnother() {
        HomeUser anna = house.home.addUser("Anna", "anna", "pw", "system-users");
        house.attach(ada, anna.id());
        house.enter(ada);
        house.home.deleteUser(anna.id());

        assertThat(house.signIn(ada)).isEqualTo(new HomeSignInResult.AttachedUserGone());

        assertThat(house.others()).isEmpty();
    }

    @Test
    void anAttachedUsersCredentialIsMadeAgainAndTheirOwnStays() {
        HomeUser anna = house.home.addUser("Anna", "anna", "pw", "system-users");
        house.attach(ada, anna.id());
        house.enter(ada);
        house.home.removeCredential(house.hiddenName(ada));

        assertThat(house.enter(ada)).isEqualTo(anna.id());
        house.home.setPassword(house.hiddenName(ada), "of the backup");
        assertThat(house.enter(ada)).isEqualTo(anna.id());

        assertThat(house.user(anna.id()).usernames())
                .containsExactly("anna", house.hiddenName(ada));
        assertThat(house.home.signInDirectly("anna", "pw", "https://x.example/")).isNotNull();
    }

    /// With two passwords of their own, a user seems to have the hidden one too.
    @Test
    void anAttachedUserWithTwoPasswordsOfTheirOwnGetsTheThird() {
        HomeUser anna = house.home.addUser("Anna", "anna", "pw", "system-users");
        house.homeAssistant
                .users()
                .addCredential(anna.id(), "anna2", new dev.vestibule.secret.Secret("pw2"));
        house.attach(ada, anna.id());
        house.enter(ada);
        house.home.removeCredential(house.hiddenName(ada));

        assertThat(house.enter(ada)).isEqualTo(anna.id());

        assertThat(house.user(anna.id()).usernames())
                .containsExactly("anna", "anna2", house.hiddenName(ada));
    }
}
