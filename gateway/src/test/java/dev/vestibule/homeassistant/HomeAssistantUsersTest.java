package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each test in the oldest release, in the one whose answers were recorded, and in the newest,
/// which says the same things by other words.
class HomeAssistantUsersTest {

    private static final Secret PASSWORD = new Secret("a password");

    @ParameterizedTest
    @ValueSource(strings = {"2023.1.7", "2024.1.0", "2026.9.4"})
    void aUserIsMadeChangedAndDeleted(String version) {
        try (var house = house(version)) {
            HomeAssistantUsers users = house.tie.users();

            HomeAssistantUser made = users.create("Anna", HomeAssistantGroup.READ_ONLY, false);
            assertThat(made.isExactlyIn(HomeAssistantGroup.READ_ONLY)).isTrue();
            assertThat(made.credentialProviders()).isEmpty();

            users.moveTo(made.id(), HomeAssistantGroup.ADMIN);
            users.rename(made.id(), "Anna B");
            users.setActive(made.id(), false);
            assertThat(users.find(made.id()))
                    .hasValueSatisfying(
                            user -> {
                                assertThat(user.name()).isEqualTo("Anna B");
                                assertThat(user.isExactlyIn(HomeAssistantGroup.ADMIN)).isTrue();
                                assertThat(user.isActive()).isFalse();
                            });

            assertThat(users.delete(made.id())).isEqualTo(new UserDeletion.Deleted());
            assertThat(users.delete(made.id())).isEqualTo(new UserDeletion.UserNotFound());
            assertThat(users.rename(made.id(), "x")).isEqualTo(new UserUpdate.UserNotFound());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023.1.7", "2024.1.0", "2026.9.4"})
    void theOwnerGetsASecondCredentialAndKeepsTheirs(String version) {
        try (var house = house(version)) {
            HomeAssistantUsers users = house.tie.users();
            String owner = owner(users);

            assertThat(users.addCredential(owner, "vst-1", PASSWORD))
                    .isEqualTo(new CredentialAddition.Added());

            assertThat(users.find(owner))
                    .hasValueSatisfying(
                            user -> {
                                assertThat(user.username()).isEqualTo("owner");
                                assertThat(user.passwordCredentials()).isEqualTo(2);
                            });
            assertThat(house.code("owner", "owner-password")).isNotNull();
            assertThat(house.code("vst-1", PASSWORD.reveal())).isNotNull();
            assertThat(users.setActive(owner, false))
                    .isEqualTo(new UserUpdate.Refused("cannot_deactivate_owner"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023.1.7", "2024.1.0", "2026.9.4"})
    void aUserNameIsThereOnce(String version) {
        try (var house = house(version)) {
            HomeAssistantUsers users = house.tie.users();
            String owner = owner(users);

            assertThat(users.addCredential("nobody", "vst-1", PASSWORD))
                    .isEqualTo(new CredentialAddition.UserNotFound());
            users.addCredential(owner, "vst-1", PASSWORD);
            assertThat(users.addCredential(owner, "vst-1", PASSWORD))
                    .isEqualTo(new CredentialAddition.UsernameTaken());
            assertThat(users.removeCredential("vst-1")).isEqualTo(new CredentialRemoval.Removed());
            assertThat(users.removeCredential("vst-1")).isEqualTo(new CredentialRemoval.NotFound());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023.1.7", "2024.1.0", "2026.9.4"})
    void aUserHasOnePersonAtMost(String version) {
        try (var house = house(version)) {
            HomeAssistantUsers users = house.tie.users();
            String anna = users.create("Anna", HomeAssistantGroup.USERS, false).id();

            assertThat(users.createPerson("Anna", anna)).isInstanceOf(PersonCreation.Created.class);
            assertThat(users.createPerson("Anna", anna)).isInstanceOf(PersonCreation.Refused.class);
            assertThat(users.persons())
                    .filteredOn(person -> person.userId().equals(anna))
                    .hasSize(1);
        }
    }

    private static String owner(HomeAssistantUsers users) {
        return users.list().stream()
                .filter(HomeAssistantUser::isOwner)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static ScriptedTie house(String version) {
        return new ScriptedTie(HomeOptions.defaults().withVersion(version)).connected();
    }
}
