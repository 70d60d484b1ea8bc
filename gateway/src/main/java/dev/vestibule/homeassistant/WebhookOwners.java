package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.homeassistant.HomeAssistantSocket.Welcome;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Finds out whose phone a webhook belongs to. Home Assistant lists webhooks without their people;
/// yet a phone may fire an event through its webhook, and the event names the user it was fired
/// for. So the gateway has each phone's webhook fire one of its own, which nothing listens to, and
/// reads the name. A random word in the event tells it from anybody else's. Safe to share between
/// threads; waits.
///
/// A phone that encrypts its messages (iOS) cannot be asked in this way: Home Assistant refuses.
public final class WebhookOwners {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookOwners.class);
    private static final String EVENT = "vestibule_webhook_owner";
    private static final Duration EVENT_WAIT_MAX = Duration.ofSeconds(3);
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,128}");

    private final Secrets secrets = new Secrets();
    private final Transport transport;
    private final TransportLimits limits;
    private final Secret administratorToken;

    WebhookOwners(Transport transport, TransportLimits limits, Secret administratorToken) {
        this.transport = transport;
        this.limits = limits;
        this.administratorToken = administratorToken;
    }

    /// @param webhooks of phones
    /// @return the ids of the users, by webhook; one that cannot be asked is left out
    public Map<Webhook, String> ownersOf(List<Webhook> webhooks) {
        Map<Webhook, String> owners = new LinkedHashMap<>();
        if (webhooks.isEmpty()) {
            return owners;
        }
        Map<String, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            listen(socket, asked);
            webhooks.stream()
                    .filter(webhook -> ID.matcher(webhook.id().reveal()).matches())
                    .forEach(
                            webhook ->
                                    ask(webhook, asked)
                                            .ifPresent(user -> owners.put(webhook, user)));
        }
        return owners;
    }

    private void listen(HomeAssistantSocket socket, Map<String, CompletableFuture<String>> asked) {
        if (!(socket.authenticate(administratorToken) instanceof Welcome.Accepted)) {
            throw new HomeAssistantUnavailable("Home Assistant refuses the administrator's token");
        }
        CommandResult subscribed =
                socket.subscribe(
                        "subscribe_events",
                        Map.of("event_type", EVENT),
                        message -> hear(message.tree().path("event"), asked));
        if (subscribed instanceof CommandResult.Failure failure) {
            throw new HomeAssistantUnavailable(
                    "Home Assistant refused a subscription: " + failure.code());
        }
    }

    private static void hear(JsonNode event, Map<String, CompletableFuture<String>> asked) {
        CompletableFuture<String> waiting = asked.get(Json.text(event.path("data"), "word"));
        if (waiting != null) {
            waiting.complete(Json.text(event.path("context"), "user_id"));
        }
    }

    private Optional<String> ask(Webhook webhook, Map<String, CompletableFuture<String>> asked) {
        String word = secrets.randomToken().reveal();
        CompletableFuture<String> user = new CompletableFuture<>();
        asked.put(word, user);
        Transport.Answer answer =
                transport.postJson(
                        "/api/webhook/" + webhook.id().reveal(),
                        Map.of(
                                "type",
                                "fire_event",
                                "data",
                                Map.of("event_type", EVENT, "event_data", Map.of("word", word))),
                        ForwardedFor.NOBODY);
        if (answer.status() != 200) {
            LOG.info(
                    "event=webhook-owner-unknown name=\"{}\" status={}",
                    webhook.name(),
                    answer.status());
            return Optional.empty();
        }
        try {
            return Optional.of(Transport.await(user, EVENT_WAIT_MAX)).filter(id -> !id.isEmpty());
        } catch (HomeAssistantUnavailable silent) {
            LOG.info("event=webhook-owner-unknown name=\"{}\" status=silent", webhook.name());
            return Optional.empty();
        }
    }
}
