package dev.vestibule.testhouse.voice;

import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A vendor's server: it keeps what linking gave it and nothing else. Each of its requests comes
/// without a cookie, on a connection of its own. For one thread.
public final class VoiceVendor {

    private static final Pattern TOKEN = Pattern.compile("\"(\\w+_token)\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern PARAMETER = Pattern.compile("[?&](\\w+)=([^&]*)");

    private final Kind kind;
    private final URI home;
    private final String clientId;
    private final String redirectUri;
    private final String state = UUID.randomUUID().toString();
    private final Map<String, String> tokens = new HashMap<>();

    /// Whose server it is.
    public enum Kind {
        GOOGLE,
        ALEXA
    }

    private VoiceVendor(Kind kind, URI home, String clientId, String redirectUri) {
        this.kind = kind;
        this.home = home;
        this.clientId = clientId;
        this.redirectUri = redirectUri;
    }

    /// @param home the address that its owner entered at Google
    public static VoiceVendor google(URI home, String project) {
        String address = "https://oauth-redirect.googleusercontent.com/r/" + project;
        return new VoiceVendor(Kind.GOOGLE, home, address, address);
    }

    /// @param home the address that its owner entered at Amazon
    public static VoiceVendor alexa(URI home, String vendorId) {
        return new VoiceVendor(
                Kind.ALEXA,
                home,
                "https://layla.amazon.com/",
                "https://layla.amazon.com/api/skill/link/" + vendorId);
    }

    /// Where the vendor's app sends the person's browser.
    public URI linkAddress() {
        return home.resolve(
                "/auth/authorize?client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&response_type=code&scope=email%20name&user_locale=de-DE&state="
                        + state
                        + "&redirect_uri="
                        + VisitorBrowser.encode(redirectUri));
    }

    public String redirectUri() {
        return redirectUri;
    }

    /// The person's browser arrives at the vendor: the server fetches its tokens.
    ///
    /// @param arrivedAt with a code, or with the news that there is none
    /// @return the status of the answer to the server
    public int arrive(URI arrivedAt) {
        Map<String, String> answer = parameters(arrivedAt);
        if (!arrivedAt.toString().startsWith(redirectUri + "?")
                || !state.equals(answer.get("state"))) {
            throw new IllegalStateException("not the answer to this linking: " + arrivedAt);
        }
        return post(
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        answer.getOrDefault("code", ""),
                        "redirect_uri",
                        redirectUri));
    }

    /// As the vendors do before the access token runs out.
    ///
    /// @return the status of the answer
    public int refresh() {
        return post(
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.getOrDefault("refresh_token", "")));
    }

    /// Secrets are a matter of the vendors' forms; Home Assistant asks for none.
    private int post(Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("client_id", clientId);
        form.put("client_secret", "whatever was entered there");
        try (VisitorBrowser server = new VisitorBrowser()) {
            Answer answer = server.postForm(home.resolve("/auth/token"), form, credentials());
            Matcher token = TOKEN.matcher(answer.body());
            while (answer.status() == 200 && token.find()) {
                tokens.put(token.group(1), token.group(2));
            }
            return answer.status();
        }
    }

    private String[] credentials() {
        return switch (kind) {
            case GOOGLE -> new String[0];
            case ALEXA ->
                    new String[] {
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (VisitorBrowser.encode(clientId) + ":secret")
                                                        .getBytes(StandardCharsets.US_ASCII))
                    };
        };
    }

    /// Somebody said that a light should go on or off.
    ///
    /// @param entityId such as `light.kitchen`
    public Answer turn(String entityId, boolean isOn) {
        try (VisitorBrowser server = new VisitorBrowser()) {
            return server.postJson(
                    home.resolve(path()),
                    switch (kind) {
                        case GOOGLE -> google(entityId, isOn);
                        case ALEXA -> alexa(entityId, isOn);
                    },
                    "Authorization",
                    "Bearer " + tokens.getOrDefault("access_token", ""));
        }
    }

    private String path() {
        return switch (kind) {
            case GOOGLE -> "/api/google_assistant";
            case ALEXA -> "/api/alexa/smart_home";
        };
    }

    private static String google(String entityId, boolean isOn) {
        return """
        {"requestId": "1", "inputs": [{"intent": "action.devices.EXECUTE", "payload": {"commands": [
          {"devices": [{"id": "%s"}],
           "execution": [{"command": "action.devices.commands.OnOff", "params": {"on": %s}}]}]}}]}
        """
                .formatted(entityId, isOn);
    }

    private String alexa(String entityId, boolean isOn) {
        return """
        {"directive": {
          "header": {"namespace": "Alexa.PowerController", "name": "%s", "payloadVersion": "3",
                     "messageId": "1"},
          "endpoint": {"endpointId": "%s",
                       "scope": {"type": "BearerToken", "token": "%s"}},
          "payload": {}}}
        """
                .formatted(
                        isOn ? "TurnOn" : "TurnOff",
                        entityId.replace('.', '#'),
                        tokens.getOrDefault("access_token", ""));
    }

    private static Map<String, String> parameters(URI address) {
        Map<String, String> found = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(address.toString());
        while (parameter.find()) {
            found.put(parameter.group(1), parameter.group(2));
        }
        return found;
    }
}
