package dev.vestibule.management;

import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantStatus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Whether people can be served: the database answers, and a home is connected. One home of several
/// that is away keeps nobody from the others, and is named.
///
/// Troubles are words of ours. The whole story, with addresses, is in the log.
final class Readiness {

    private static final String JSON = "application/json";

    private final DatabaseProbe database;
    private final Map<HomeId, Supplier<HomeAssistantStatus>> homes;

    Readiness(DatabaseProbe database, Map<HomeId, Supplier<HomeAssistantStatus>> homes) {
        this.database = database;
        this.homes = new TreeMap<>(Comparator.comparing(HomeId::value));
        this.homes.putAll(homes);
    }

    /// @param trouble empty text for none
    private record Check(String name, String trouble) {

        boolean isGood() {
            return trouble.isEmpty();
        }

        /// Names of homes are letters, digits and dashes; nothing needs to be escaped.
        String json() {
            return isGood()
                    ? "{\"check\": \"%s\", \"ok\": true}".formatted(name)
                    : "{\"check\": \"%s\", \"ok\": false, \"trouble\": \"%s\"}"
                            .formatted(name, trouble);
        }
    }

    Answer answer() {
        Check data = new Check("database", database.ask().isPresent() ? "" : "no-answer");
        List<Check> ofHomes = new ArrayList<>();
        homes.forEach(
                (home, status) ->
                        ofHomes.add(new Check("home " + home.value(), trouble(status.get()))));
        boolean isReady = data.isGood() && ofHomes.stream().anyMatch(Check::isGood);
        List<Check> all = new ArrayList<>();
        all.add(data);
        all.addAll(ofHomes);
        String lines = all.stream().map(Check::json).collect(Collectors.joining(",\n"));
        return new Answer(
                isReady ? 200 : 503,
                JSON,
                "{\"ready\": %s, \"checks\": [\n%s\n]}\n".formatted(isReady, lines));
    }

    private static String trouble(HomeAssistantStatus status) {
        return switch (status) {
            case HomeAssistantStatus.Connected _ -> "";
            case HomeAssistantStatus.Connecting _ -> "connecting";
            case HomeAssistantStatus.Away _ -> "away";
            case HomeAssistantStatus.TokenRefused _ -> "token-refused";
            case HomeAssistantStatus.NotAdministrator _ -> "not-administrator";
            case HomeAssistantStatus.NotOnboarded _ -> "not-onboarded";
            case HomeAssistantStatus.TooOld _ -> "too-old";
        };
    }
}
