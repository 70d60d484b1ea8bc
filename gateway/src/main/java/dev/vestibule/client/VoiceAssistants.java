package dev.vestibule.client;

import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.Origin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The voice assistants that the operator set up. Anybody can have a Google project or an Alexa
/// skill and link it to somebody else's home, so only listed ones may ask.
///
/// Google: client and redirect are both `https://oauth-redirect.googleusercontent.com/r/PROJECT`,
/// or the same at the sandbox (Google, "Registering with Google"; Home Assistant's documentation of
/// `google_assistant` has people enter it as the client id). Alexa: the client is one of three
/// hosts by region, and the redirect `/api/skill/link/VENDOR` at the same host (Home Assistant's
/// documentation of `alexa.smart_home`).
final class VoiceAssistants {

    private static final List<String> GOOGLE =
            List.of(
                    "https://oauth-redirect.googleusercontent.com/r/",
                    "https://oauth-redirect-sandbox.googleusercontent.com/r/");
    private static final List<String> ALEXA =
            List.of(
                    "https://pitangui.amazon.com",
                    "https://layla.amazon.com",
                    "https://alexa.amazon.co.jp");

    private final Map<String, Assistant> byClientId = new LinkedHashMap<>();

    /// @param redirects every one that its answers may go to
    record Assistant(String name, Set<String> redirects) {}

    VoiceAssistants(ClientsConfig config) {
        for (String project : config.googleProjects()) {
            for (String place : GOOGLE) {
                String address = place + project;
                byClientId.put(address, new Assistant("Google Assistant", Set.of(address)));
            }
        }
        if (!config.alexaVendors().isEmpty()) {
            for (String host : ALEXA) {
                byClientId.put(host, alexa(host, config.alexaVendors()));
            }
        }
    }

    private static Assistant alexa(String host, List<String> vendors) {
        return new Assistant(
                "Amazon Alexa",
                vendors.stream()
                        .map(vendor -> host + "/api/skill/link/" + vendor)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    List<String> ids() {
        return List.copyOf(byClientId.keySet());
    }

    /// @param clientId of an assistant
    boolean mayLeadTo(String clientId, String redirectUri) {
        return find(clientId).filter(found -> found.redirects().contains(redirectUri)).isPresent();
    }

    /// Hosts without a path are one client with and without the slash.
    Optional<Assistant> find(String clientId) {
        return Optional.ofNullable(
                byClientId.get(Origin.parse(clientId).map(Origin::toString).orElse(clientId)));
    }
}
