package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Webhooks: those of phones, and those of automations. Lives on the event loop; survives a
/// restart.
final class Phones {

    /// What answers at `/api/webhook/<id>`.
    sealed interface Webhook {

        String name();

        /// @param registration what the app sent when it registered
        record Phone(User owner, ObjectNode registration) implements Webhook {
            @Override
            public String name() {
                return registration.path("device_name").asText();
            }
        }

        record Automation(String name, boolean isLocalOnly) implements Webhook {}

        /// A phone whose entry was deleted: 410 from now on.
        record Removed(String name) implements Webhook {}
    }

    private final Map<String, Webhook> webhooks = new LinkedHashMap<>();

    String register(User owner, ObjectNode registration) {
        String id = Ids.hex(32);
        webhooks.put(id, new Webhook.Phone(owner, registration));
        return id;
    }

    String addAutomation(String name, boolean isLocalOnly) {
        String id = "-" + Ids.hex(11);
        webhooks.put(id, new Webhook.Automation(name, isLocalOnly));
        return id;
    }

    void remove(String id) {
        webhooks.computeIfPresent(id, (_, old) -> new Webhook.Removed(old.name()));
    }

    void replace(String id, Webhook.Phone phone) {
        webhooks.put(id, phone);
    }

    Optional<Webhook> find(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    List<Map.Entry<String, Webhook>> all() {
        return List.copyOf(webhooks.entrySet());
    }
}
