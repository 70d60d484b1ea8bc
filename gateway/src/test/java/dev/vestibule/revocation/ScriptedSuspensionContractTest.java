package dev.vestibule.revocation;

import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.junit.jupiter.api.Nested;

/// The scripted house, in the release that was recorded and in the newest that it plays.
final class ScriptedSuspensionContractTest {

    /// Plays one release.
    abstract static class Release extends SuspensionContract {

        Release(String version) {
            super(play(version));
        }

        private static Target play(String version) {
            var home = ScriptedHomeAssistant.start(HomeOptions.defaults().withVersion(version));
            return new Target(home.url(), home.administratorToken(), home::close);
        }
    }

    @Nested
    final class AsRecorded extends Release {
        AsRecorded() {
            super("2024.1.0");
        }
    }

    @Nested
    final class Newest extends Release {
        Newest() {
            super("2026.9.4");
        }
    }
}
