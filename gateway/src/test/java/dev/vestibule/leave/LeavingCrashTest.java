package dev.vestibule.leave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.leave.MortalHouse.End;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// The process dies at each step of leaving in turn, and another one goes on: the end is the same
/// as if nothing had happened.
class LeavingCrashTest {

    /// Ada's user name is somebody's already.
    private static final End UNHARMED =
            new End(
                    Map.of(
                            "Owner", "[owner] [system-admin] true",
                            "Another", "[ada] [system-users] true",
                            "Carol", "[carol] [system-admin] true",
                            "ada", "[ada-2] [system-users] true",
                            "vic", "[] [system-users] false"),
                    Set.of("ada-2"),
                    true,
                    0,
                    false);

    @TempDir private Path directory;

    private interface Death {
        boolean comesIn(MortalHouse house);
    }

    private MortalHouse house() throws IOException {
        return new MortalHouse(Files.createTempDirectory(directory, "house"));
    }

    @Test
    void withoutAnyDeathEverybodyIsAsTheyShould() throws IOException {
        try (MortalHouse house = house()) {
            assertThat(house.leave()).isInstanceOf(LeaveResult.Left.class);

            assertThat(house.end()).isEqualTo(UNHARMED);
        }
    }

    /// @param least how many such commands there are for certain
    @ParameterizedTest
    @CsvSource({
        "config/auth_provider/homeassistant/create, 2",
        "config/auth_provider/homeassistant/delete, 4",
        "config/auth/update, 2",
        "config/auth/delete, 2",
        "auth/delete_refresh_token, 1",
    })
    void afterEachCommandTheNextProcessGoesOn(String command, int least) throws IOException {
        assertThat(survived(step -> house -> house.dieAfterCommand(command, step)))
                .isGreaterThanOrEqualTo(least);
    }

    @Test
    void beforeEachChangeOfTheDatabaseTheNextProcessGoesOn() throws IOException {
        assertThat(survived(step -> house -> house.dieBeforeWriting(step)))
                .isGreaterThanOrEqualTo(10);
    }

    private interface Deaths {
        Death at(int step);
    }

    /// @return how many deaths there were
    private int survived(Deaths deaths) throws IOException {
        int step = 1;
        while (dies(deaths.at(step), step)) {
            step++;
        }
        return step - 1;
    }

    private boolean dies(Death death, int step) throws IOException {
        try (MortalHouse house = house()) {
            boolean hasDied = death.comesIn(house);
            if (hasDied) {
                assertThat(house.lockedOut()).as("after a death at step " + step).isEmpty();
                assertThat(house.unwritten()).as("after a death at step " + step).isEmpty();
                assertThat(house.leave())
                        .as("after a death at step " + step)
                        .isInstanceOfAny(LeaveResult.Left.class, LeaveResult.LeftBefore.class);
            }
            assertThat(house.end()).as("after a death at step " + step).isEqualTo(UNHARMED);
            return hasDied;
        }
    }
}
