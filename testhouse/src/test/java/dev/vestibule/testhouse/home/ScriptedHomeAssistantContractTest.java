package dev.vestibule.testhouse.home;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The scripted house keeps the contract in every release that it plays.
final class ScriptedHomeAssistantContractTest {

    /// Plays one release.
    abstract static class Release extends HomeAssistantContract {

        Release(String version) {
            super(play(version));
        }

        private static Target play(String version) {
            var home = ScriptedHomeAssistant.start(HomeOptions.defaults().withVersion(version));
            return new Target(home.url(), home.administratorToken(), home::close);
        }
    }

    @Nested
    final class OldestSupported extends Release {
        OldestSupported() {
            super("2023.1.7");
        }
    }

    @Nested
    final class AsRecorded extends Release {
        AsRecorded() {
            super("2024.1.0");
        }

        @Override
        @Test
        void anUnauthenticatedSocketIsClosedAfterTenSeconds() {
            super.anUnauthenticatedSocketIsClosedAfterTenSeconds();
        }
    }

    @Nested
    final class Newest extends Release {
        Newest() {
            super("2026.9.4");
        }
    }
}
