package dev.vestibule.testhouse.openid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends the browser back to the client, RFC 6749 section 4.1.2 and RFC 9207.
final class Callback {

    private final ProviderOptions options;
    private final Issuers issuers;
    private final Script script;

    Callback(ProviderOptions options, Issuers issuers, Script script) {
        this.options = options;
        this.issuers = issuers;
        this.script = script;
    }

    Answer code(AuthorizationRequest request, String code) {
        return send(request, List.of(Map.entry("code", code)));
    }

    Answer error(AuthorizationRequest request, String error, String description) {
        return send(
                request,
                List.of(Map.entry("error", error), Map.entry("error_description", description)));
    }

    private Answer send(AuthorizationRequest request, List<Map.Entry<String, String>> outcome) {
        var parameters = new ArrayList<>(outcome);
        request.parameter("state").ifPresent(state -> add(parameters, "state", state));
        if (options.has(ProviderOptions.Feature.ISSUER_PARAMETER)) {
            add(parameters, "iss", issuers.own().toString());
        }
        Optional<CallbackLie> lie = script.about(CallbackLie.class);
        lie.ifPresent(told -> apply(told, parameters));
        if (lie.equals(Optional.of(CallbackLie.FRAGMENT))) {
            return Answer.redirect(303, request.redirectUri() + "#" + Parameters.write(parameters));
        }
        boolean isOtherMode = lie.equals(Optional.of(CallbackLie.OTHER_RESPONSE_MODE));
        return request.wantsFormPost() != isOtherMode
                ? Pages.formPost(request.redirectUri(), parameters)
                : Answer.redirect(303, withQuery(request.redirectUri().toString(), parameters));
    }

    private void apply(CallbackLie lie, List<Map.Entry<String, String>> parameters) {
        switch (lie) {
            case MISSING_ISSUER -> remove(parameters, "iss");
            case WRONG_ISSUER -> replace(parameters, "iss", issuers.stranger());
            case STATE_ALTERED -> replace(parameters, "state", Unguessable.text());
            case STATE_MISSING -> remove(parameters, "state");
            case ERROR_WITH_SCRIPT -> {
                remove(parameters, "code");
                replace(parameters, "error", "access_denied");
                replace(
                        parameters,
                        "error_description",
                        "<script>alert('described')</script>\"><img src=x onerror=alert(1)>");
                replace(parameters, "error_uri", "javascript:alert('linked')");
            }
            case CODE_AND_ERROR -> replace(parameters, "error", "server_error");
            case CODE_TWICE -> parameters.addFirst(Map.entry("code", Unguessable.text()));
            case STATE_TWICE -> add(parameters, "state", Unguessable.text());
            case NO_CODE -> remove(parameters, "code");
            case FOREIGN_CODE -> replace(parameters, "code", Unguessable.text());
            case FRAGMENT, OTHER_RESPONSE_MODE -> {} // these change the way, not the parameters
        }
    }

    private static void add(List<Map.Entry<String, String>> parameters, String name, String value) {
        parameters.add(Map.entry(name, value));
    }

    private static void remove(List<Map.Entry<String, String>> parameters, String name) {
        parameters.removeIf(entry -> entry.getKey().equals(name));
    }

    private static void replace(
            List<Map.Entry<String, String>> parameters, String name, String value) {
        remove(parameters, name);
        add(parameters, name, value);
    }

    /// RFC 6749 section 4.1.2: a query that the redirect URI has already is kept.
    static String withQuery(String uri, List<Map.Entry<String, String>> parameters) {
        return uri + (uri.contains("?") ? "&" : "?") + Parameters.write(parameters);
    }
}
