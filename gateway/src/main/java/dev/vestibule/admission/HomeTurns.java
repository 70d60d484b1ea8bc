package dev.vestibule.admission;

import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.ForwardedHeaders;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets what people typed go to a Home Assistant one after the other, where that takes everybody
/// for the gateway: several failures at once could get the gateway banned before the first is made
/// good. Each home has its own turns, so that one whose Home Assistant answers slowly holds up no
/// other. Safe to share between threads.
public final class HomeTurns {

    private static final Duration TURN_MAX = Duration.ofSeconds(20);

    private final Map<HomeId, Semaphore> turns = new ConcurrentHashMap<>();

    /// @throws HomeAssistantUnavailable also where too many wait
    public <T> T inTurn(HomeId id, HomeAssistant home, Supplier<T> step) {
        if (home.forwarded() instanceof ForwardedHeaders.Accepted) {
            return step.get();
        }
        Semaphore turn = turns.computeIfAbsent(id, _ -> new Semaphore(1));
        try {
            if (!turn.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HomeAssistantUnavailable("Too many logins wait to be asked about");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HomeAssistantUnavailable(
                    "The wait for Home Assistant was ended", interrupted);
        }
        try {
            return step.get();
        } finally {
            turn.release();
        }
    }
}
