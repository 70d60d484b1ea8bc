package dev.vestibule.leave;

import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.junit.jupiter.api.Nested;

/// The scripted house keeps the contract that a real one keeps, in each of its releases.
class ScriptedLeavingContractTest {

    abstract static class Setting extends LeavingContract {

        Setting(HomeOptions options) {
            super(play(options));
        }

        private static Target play(HomeOptions options) {
            var home = ScriptedHomeAssistant.start(options);
            return new Target(home.url(), home.administratorToken(), home::close);
        }
    }

    @Nested
    final class OldRelease extends Setting {
        OldRelease() {
            super(HomeOptions.defaults());
        }
    }

    @Nested
    final class RecentRelease extends Setting {
        RecentRelease() {
            super(HomeOptions.defaults().withVersion("2026.1.0"));
        }
    }
}
