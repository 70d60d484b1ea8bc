package dev.vestibule.management;

import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.metric.Meters;
import dev.vestibule.outbox.OutboxStanding;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// How the database, the outbox and the homes are, as it was when somebody last asked for the
/// metrics. Safe to share between threads.
final class HouseReadings {

    private static final String HOME = "home";

    private final InstantSource time;
    private final DatabaseProbe database;
    private volatile Optional<Map<HomeId, OutboxStanding>> outbox = Optional.empty();

    private HouseReadings(InstantSource time, DatabaseProbe database) {
        this.time = time;
        this.database = database;
    }

    static HouseReadings of(
            InstantSource time,
            Meters meters,
            DatabaseProbe database,
            Map<HomeId, Supplier<HomeAssistantStatus>> homes) {
        HouseReadings readings = new HouseReadings(time, database);
        meters.reading(
                "vestibule.database.up",
                "Whether the database answered when it was asked for this",
                () -> readings.outbox.isPresent() ? 1 : 0);
        homes.forEach((home, status) -> readings.watch(meters, home, status));
        return readings;
    }

    private void watch(Meters meters, HomeId home, Supplier<HomeAssistantStatus> status) {
        String id = home.value();
        meters.reading(
                "vestibule.home.connected",
                "Whether the gateway is connected to this Home Assistant as its administrator",
                HOME,
                id,
                () -> status.get() instanceof HomeAssistantStatus.Connected ? 1 : 0);
        meters.reading(
                "vestibule.outbox.length",
                "What Home Assistant has still to be told",
                HOME,
                id,
                () -> outbox(home, OutboxStanding::waiting));
        meters.reading(
                "vestibule.outbox.unconverged",
                "What Home Assistant cannot be brought to agree to as things stand",
                HOME,
                id,
                () -> outbox(home, OutboxStanding::unconverged));
        meters.reading(
                "vestibule.outbox.oldest.seconds",
                "How long the oldest of what Home Assistant has still to be told waits",
                HOME,
                id,
                () -> outbox(home, this::age));
    }

    private double age(OutboxStanding standing) {
        return Math.max(
                Duration.between(standing.oldestAt(), time.instant()).toMillis() / 1_000.0, 0);
    }

    private double outbox(HomeId home, ToDoubleFunction<OutboxStanding> part) {
        return outbox.map(
                        known ->
                                Optional.ofNullable(known.get(home))
                                        .map(part::applyAsDouble)
                                        .orElse(0.0))
                .orElse(Double.NaN);
    }

    /// Asks anew what has to be asked for.
    void refresh() {
        outbox = database.ask();
    }
}
