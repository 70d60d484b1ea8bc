package dev.vestibule.testhouse.openid;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads authorization requests, pushed ones too.
final class AuthorizationRequests {

    private static final String PUSHED_PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");

    /// What reading a request came to.
    sealed interface Reading {

        record Good(AuthorizationRequest request) implements Reading {}

        /// The client is known, so that the browser goes back to it with the error.
        record Bad(AuthorizationRequest request, String error, String description)
                implements Reading {}

        /// Nobody knows where the browser came from, so it stays here (RFC 6749 section 4.1.2.1).
        record Untrusted(String reason) implements Reading {}
    }

    /// A request that waits for the browser, RFC 9126.
    record Pushed(String clientId, Map<String, String> parameters) {}

    private final Clients clients;
    private final Tickets<Pushed> pushed;

    AuthorizationRequests(Clients clients, Tickets<Pushed> pushed) {
        this.clients = clients;
        this.pushed = pushed;
    }

    /// @return the `request_uri`
    String push(RegisteredClient client, Map<String, String> parameters) {
        return PUSHED_PREFIX + pushed.issue(new Pushed(client.clientId(), parameters));
    }

    Reading read(ProviderRequest request) {
        if (request.repeatsParameter()) {
            return new Reading.Untrusted("A parameter comes twice.");
        }
        Map<String, String> parameters = request.singleParameters();
        Optional<RegisteredClient> client =
                Optional.ofNullable(parameters.get("client_id")).flatMap(clients::find);
        if (client.isEmpty()) {
            return new Reading.Untrusted("No such client is registered.");
        }
        String requestUri = parameters.get("request_uri");
        if (requestUri == null) {
            return check(client.get(), parameters, false);
        }
        return takePushed(client.get(), requestUri)
                .map(found -> check(client.get(), found.parameters(), true))
                .orElseGet(() -> new Reading.Untrusted("The request_uri is not valid any more."));
    }

    /// RFC 9126 section 4: used once, and by the client that pushed it.
    private Optional<Pushed> takePushed(RegisteredClient client, String requestUri) {
        if (!requestUri.startsWith(PUSHED_PREFIX)) {
            return Optional.empty();
        }
        return switch (pushed.spend(requestUri.substring(PUSHED_PREFIX.length()))) {
            case Tickets.Spending.Fresh<Pushed>(var found) ->
                    Optional.of(found).filter(one -> one.clientId().equals(client.clientId()));
            case Tickets.Spending.Again<Pushed> _ -> Optional.empty();
            case Tickets.Spending.Unknown<Pushed> _ -> Optional.empty();
        };
    }

    /// Walks OpenID Connect Core 3.1.2.2.
    Reading check(RegisteredClient client, Map<String, String> parameters, boolean wasPushed) {
        Optional<URI> redirectUri =
                client.redirectUris().stream()
                        .filter(uri -> uri.toString().equals(parameters.get("redirect_uri")))
                        .findFirst();
        if (redirectUri.isEmpty()) {
            return new Reading.Untrusted("The redirect URI is not registered for this client.");
        }
        var request = new AuthorizationRequest(client, redirectUri.get(), parameters);
        return findFault(request, wasPushed)
                .<Reading>map(fault -> new Reading.Bad(request, fault.getFirst(), fault.getLast()))
                .orElseGet(() -> new Reading.Good(request));
    }

    /// The error and its description.
    private static Optional<List<String>> findFault(
            AuthorizationRequest request, boolean wasPushed) {
        if (request.client().parRequired() && !wasPushed) {
            return fault("invalid_request", "this client must push its requests");
        }
        if (request.parameter("request").isPresent()) {
            return fault("request_not_supported", "request objects are not supported");
        }
        if (!request.parameter("response_type").equals(Optional.of("code"))) {
            return fault("unsupported_response_type", "only the code flow is offered");
        }
        String responseMode = request.parameter("response_mode").orElse("query");
        if (!responseMode.equals("query") && !responseMode.equals("form_post")) {
            return fault("invalid_request", "response_mode is query or form_post");
        }
        if (!request.scope().contains("openid")) {
            return fault("invalid_scope", "scope must contain openid");
        }
        return findPromptFault(request).or(() -> findPkceFault(request));
    }

    private static Optional<List<String>> findPromptFault(AuthorizationRequest request) {
        Set<String> prompt = request.prompt();
        if (!PROMPTS.containsAll(prompt)) {
            return fault("invalid_request", "unknown prompt");
        }
        // OpenID Connect Core 3.1.2.1: none stands alone.
        if (prompt.contains("none") && prompt.size() > 1) {
            return fault("invalid_request", "prompt=none stands alone");
        }
        String maxAge = request.parameter("max_age").orElse("0");
        if (!maxAge.matches("[0-9]{1,9}")) {
            return fault("invalid_request", "max_age is a number of seconds");
        }
        return Optional.empty();
    }

    private static Optional<List<String>> findPkceFault(AuthorizationRequest request) {
        Optional<String> challenge = request.parameter("code_challenge");
        if (challenge.isEmpty()) {
            return request.client().pkceRequired()
                    ? fault("invalid_request", "code_challenge is missing")
                    : Optional.empty();
        }
        // RFC 7636 section 4.3: a missing method means plain, which is not offered.
        if (!request.parameter("code_challenge_method").equals(Optional.of("S256"))) {
            return fault("invalid_request", "code_challenge_method must be S256");
        }
        if (!challenge.get().matches("[A-Za-z0-9_-]{43}")) {
            return fault("invalid_request", "code_challenge is no SHA-256 hash");
        }
        return Optional.empty();
    }

    private static Optional<List<String>> fault(String error, String description) {
        return Optional.of(List.of(error, description));
    }
}
