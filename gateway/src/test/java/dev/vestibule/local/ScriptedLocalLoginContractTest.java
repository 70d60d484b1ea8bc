package dev.vestibule.local;

import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.junit.jupiter.api.Nested;

/// The scripted house keeps the contract that a real one keeps, however it is set up.
class ScriptedLocalLoginContractTest {

    abstract static class Setting extends LocalLoginContract {

        Setting(HomeOptions options) {
            super(play(options));
        }

        private static Target play(HomeOptions options) {
            var home = ScriptedHomeAssistant.start(options.withLoginAttemptsMax(5));
            return new Target(home.url(), home.administratorToken(), home::close);
        }
    }

    @Nested
    final class WhereAddressesAreBelieved extends Setting {
        WhereAddressesAreBelieved() {
            super(HomeOptions.defaults());
        }
    }

    @Nested
    final class WhereTheGatewayIsAllThatIsSeen extends Setting {
        WhereTheGatewayIsAllThatIsSeen() {
            super(HomeOptions.defaults().withForwardedHeadersTrusted(false));
        }
    }
}
