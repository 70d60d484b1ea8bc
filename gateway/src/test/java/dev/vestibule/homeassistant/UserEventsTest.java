package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

class UserEventsTest {

    private final List<UserEvent> heard = new CopyOnWriteArrayList<>();

    @Test
    void changesInHomeAssistantsOwnPagesAreHeardOf() {
        try (var house = new ScriptedTie()) {
            house.tie.onUserEvent(heard::add);
            house.connected();

            String id = house.home.addUser("Anna", "anna", "pw", "system-users").id();
            house.home.setActive(id, false);
            house.home.deleteUser(id);

            Eventually.holds(() -> heard.size() >= 4, () -> heard);
            assertThat(heard)
                    .containsExactly(
                            new UserEvent.Reconnected(),
                            new UserEvent.Added(id),
                            new UserEvent.Updated(id),
                            new UserEvent.Removed(id));
        }
    }

    @Test
    void eachConnectionBeginsWithTheNewsThatAnythingMayHaveChanged() {
        try (var house = new ScriptedTie()) {
            house.tie.onUserEvent(heard::add);
            house.connected();
            Eventually.holds(() -> heard.size() == 1, () -> heard);

            house.home.cutSockets();

            Eventually.holds(() -> heard.size() == 2, () -> heard);
            assertThat(heard).containsOnly(new UserEvent.Reconnected());
        }
    }

    @Test
    void aListenerThatCouldNotIsToldAgainUntilItCould() {
        try (var house = new ScriptedTie()) {
            house.tie.onUserEvent(
                    event -> {
                        heard.add(event);
                        return heard.size() >= 4;
                    });
            house.connected();

            Eventually.holds(() -> heard.size() >= 4, () -> heard);
            house.home.fireEvent("user_updated", java.util.Map.of("user_id", "mark"));
            Eventually.holds(() -> heard.contains(new UserEvent.Updated("mark")), () -> heard);
            assertThat(heard).hasSize(5);
        }
    }

    @Test
    void aListenerThatFailsStopsNobodyElse() {
        AtomicInteger failures = new AtomicInteger();
        try (var house = new ScriptedTie()) {
            house.tie.onUserEvent(
                    event -> {
                        failures.incrementAndGet();
                        throw new IllegalStateException("a bug, on purpose: " + event);
                    });
            house.tie.onUserEvent(heard::add);
            house.connected();

            String id = house.home.addUser("Anna", "anna", "pw", "system-users").id();

            Eventually.holds(() -> heard.contains(new UserEvent.Added(id)), () -> heard);
            assertThat(failures).hasValueGreaterThanOrEqualTo(2);
        }
    }
}
