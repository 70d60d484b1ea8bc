package dev.vestibule.testhouse.openid;

import java.util.HashMap;
import java.util.Map;

/// Pushed authorization requests, RFC 9126.
final class ParEndpoint implements Handler {

    static final int LIFETIME_SECONDS = 60;

    private final ClientAuthenticator authenticator;
    private final AuthorizationRequests requests;

    ParEndpoint(ClientAuthenticator authenticator, AuthorizationRequests requests) {
        this.authenticator = authenticator;
        this.requests = requests;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        if (!request.method().equals("POST") || request.repeatsParameter()) {
            return OAuthErrors.of(400, "invalid_request", "one POST, each parameter once");
        }
        return authenticator
                .authenticate(request)
                .map(client -> push(client, request.singleParameters()))
                .orElseGet(() -> OAuthErrors.invalidClient(request));
    }

    private Answer push(RegisteredClient client, Map<String, String> sent) {
        var parameters = new HashMap<>(sent);
        parameters.remove("client_secret");
        parameters.remove("client_assertion");
        parameters.remove("client_assertion_type");
        if (!parameters.getOrDefault("client_id", client.clientId()).equals(client.clientId())
                || parameters.containsKey("request_uri")) {
            return OAuthErrors.of(400, "invalid_request", "not this client's own request");
        }
        return switch (requests.check(client, parameters, true)) {
            case AuthorizationRequests.Reading.Good _ ->
                    Answer.json(
                                    201,
                                    Json.object()
                                            .put(
                                                    "request_uri",
                                                    requests.push(client, Map.copyOf(parameters)))
                                            .put("expires_in", LIFETIME_SECONDS))
                            .unstored();
            case AuthorizationRequests.Reading.Bad(var _, var error, var description) ->
                    OAuthErrors.of(400, error, description);
            case AuthorizationRequests.Reading.Untrusted(var reason) ->
                    OAuthErrors.of(400, "invalid_request", reason);
        };
    }
}
