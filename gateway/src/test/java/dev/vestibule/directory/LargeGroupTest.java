package dev.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.config.Role;
import dev.vestibule.resource.ResourceKind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Groups of more users than are looked at together.
class LargeGroupTest {

    private static final int USERS = 450;

    private final DirectoryHouse house = new DirectoryHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void everybodyGetsTheRoleAndEverybodyTheNextOne() {
        String[] users = users();
        String group = house.group("guests", users);
        assertThat(users)
                .allMatch(user -> house.roleOf(user).filter(Role.VIEWER::equals).isPresent());

        house.regroup(group, "family", users);

        assertThat(users)
                .allMatch(user -> house.roleOf(user).filter(Role.USER::equals).isPresent());
    }

    @Test
    void aGroupWithoutARoleFollowsThoseWhoAreNotAsTheirUserSays() {
        String[] users = users();
        String off = house.send("{\"userName\": \"off\", \"active\": false}");
        restoredByHand(off);
        AccountId strayed = house.accountOf(users[0]);
        house.facts.assignRole(strayed, Role.USER);
        house.facts.lifecycle.suspend(
                house.accountOf(users[1]), SuspendedBy.SCIM, TestFacts.cause());
        List<String> all = new ArrayList<>(List.of(users));
        all.add(off);

        String group = house.group("neighbours", all.toArray(String[]::new));

        assertThat(house.roleOf(users[0])).as("a role that no group gives").isEmpty();
        assertThat(house.stateOf(users[1])).isEqualTo(AccountState.ACTIVE);
        assertThat(house.stateOf(off)).isEqualTo(AccountState.SUSPENDED);

        house.delete(ResourceKind.GROUP, group);
        assertThat(house.tasks()).isEmpty();
    }

    private void restoredByHand(String user) {
        assertThat(
                        house.facts.lifecycle.restore(
                                house.accountOf(user), SuspendedBy.OPERATOR, TestFacts.cause()))
                .isTrue();
    }

    private String[] users() {
        String[] ids = new String[USERS];
        for (int i = 0; i < USERS; i++) {
            ids[i] = house.send("{\"userName\": \"user-" + i + "\"}");
        }
        return ids;
    }
}
