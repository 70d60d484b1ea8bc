package dev.vestibule.management;

import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.metric.Meters;
import dev.vestibule.outbox.Outbox;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The three answers, by their exact paths. Safe to share between threads; answers may wait for
/// [DatabaseProbe#WAIT_MAX].
public final class Desk {

    /// Prometheus' text format.
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Supplier<Answer>> answers;

    Desk(Map<String, Supplier<Answer>> answers) {
        this.answers = Map.copyOf(answers);
    }

    /// @param homes how each home's connection stands; asking never waits
    public static Desk of(
            InstantSource time,
            Meters meters,
            Outbox outbox,
            Map<HomeId, Supplier<HomeAssistantStatus>> homes) {
        DatabaseProbe database = new DatabaseProbe(outbox::standings, DatabaseProbe.WAIT_MAX);
        Readiness readiness = new Readiness(database, homes);
        HouseReadings readings = HouseReadings.of(time, meters, database, homes);
        return new Desk(
                Map.of(
                        "/health",
                        () -> Answer.text(200, "ok"),
                        "/ready",
                        readiness::answer,
                        "/metrics",
                        () -> {
                            readings.refresh();
                            return new Answer(200, METRICS, meters.text());
                        }));
    }

    /// Empty for every other path, one with a query too.
    Optional<Supplier<Answer>> find(String target) {
        return Optional.ofNullable(answers.get(target));
    }
}
