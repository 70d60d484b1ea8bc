package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the things in the house can be told to do. Lives on the event loop.
final class Services {

    private static final Set<String> SWITCHABLE = Set.of("light", "input_boolean", "homeassistant");
    private static final Set<String> VERBS = Set.of("turn_on", "turn_off", "toggle");

    /// What became of a call.
    sealed interface Outcome {

        record Done(Context context, List<EntityState> changed) implements Outcome {
            public Done {
                changed = List.copyOf(changed);
            }
        }

        record NoSuchService() implements Outcome {}

        record NotAllowed() implements Outcome {}

        record UnknownUser() implements Outcome {}
    }

    private final States states;

    Services(States states) {
        this.states = states;
    }

    static Set<String> switchableDomains() {
        return SWITCHABLE;
    }

    static Set<String> verbs() {
        return VERBS;
    }

    static boolean has(String domain, String service) {
        return SWITCHABLE.contains(domain) && VERBS.contains(service);
    }

    /// Calls as a person: what they may not control stays as it is.
    Outcome call(String domain, String service, JsonNode data, User user) {
        if (!has(domain, service)) {
            return new Outcome.NoSuchService();
        }
        if (user.isDeleted()) {
            return new Outcome.UnknownUser();
        }
        if (!user.mayControl()) {
            return new Outcome.NotAllowed();
        }
        var context = Context.of(user);
        return new Outcome.Done(context, change(domain, service, data, context));
    }

    /// Calls as a phone's webhook does: nobody asks who owns the phone.
    void callFromPhone(String domain, String service, JsonNode data, User owner) {
        if (has(domain, service)) {
            var _ = change(domain, service, data, Context.of(owner));
        }
    }

    private List<EntityState> change(
            String domain, String service, JsonNode data, Context context) {
        var changed = new ArrayList<EntityState>();
        for (String entityId : targets(domain, data.path("entity_id"))) {
            states.find(entityId)
                    .filter(
                            state ->
                                    domain.equals("homeassistant") || state.domain().equals(domain))
                    .ifPresent(
                            state -> {
                                states.setState(entityId, next(service, state.state()), context);
                                states.find(entityId).ifPresent(changed::add);
                            });
        }
        return changed;
    }

    private List<String> targets(String domain, JsonNode named) {
        if (named.isArray()) {
            return named.valueStream().map(JsonNode::asText).toList();
        }
        if (named.asText().equals("all")) {
            return states.ofDomain(domain).stream().map(EntityState::entityId).toList();
        }
        return named.isTextual() ? List.of(named.asText()) : List.of();
    }

    private static String next(String service, String now) {
        return switch (service) {
            case "turn_on" -> "on";
            case "turn_off" -> "off";
            default -> now.equals("on") ? "off" : "on";
        };
    }
}
