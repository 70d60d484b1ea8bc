package dev.vestibule.testhouse.openid;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The registered relying parties. Safe to share between threads.
final class Clients {

    private final Map<String, RegisteredClient> byId = new ConcurrentHashMap<>();

    /// Adds a client, or replaces the one with the same id.
    void register(RegisteredClient client) {
        byId.put(client.clientId(), client);
    }

    Optional<RegisteredClient> find(String clientId) {
        return Optional.ofNullable(byId.get(clientId));
    }

    /// Must exist: the id comes from something that was issued to it.
    RegisteredClient get(String clientId) {
        return find(clientId)
                .orElseThrow(() -> new IllegalArgumentException("no client " + clientId));
    }
}
