package dev.vestibule.testhouse.home;

import dev.vestibule.testhouse.home.Endpoint.Cors;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What pages of other origins may ask for.
final class CrossOrigin {

    private static final String CAST_RECEIVER = "https://cast.home-assistant.io";
    private static final String REFUSED = "CORS preflight request failed: ";

    private CrossOrigin() {}

    /// The origin to name in an answer, where it is allowed.
    static Optional<String> allowed(Endpoint endpoint, HomeRequest request) {
        return request.header("Origin")
                .filter(
                        origin ->
                                endpoint.cors() == Cors.ALL
                                        || (endpoint.cors() == Cors.CONFIGURED
                                                && origin.equals(CAST_RECEIVER)));
    }

    static Answer preflight(List<Endpoints.Match> matches, HomeRequest request) {
        String origin = request.header("Origin").orElse("");
        String method = request.header("Access-Control-Request-Method").orElse("");
        if (origin.isEmpty() || method.isEmpty()) {
            return Answer.text(
                    403, REFUSED + "Origin and Access-Control-Request-Method are needed");
        }
        Optional<Endpoint> endpoint =
                matches.stream()
                        .map(Endpoints.Match::endpoint)
                        .filter(one -> one.method().equals(method))
                        .findFirst();
        if (endpoint.filter(one -> one.cors() != Cors.METHODLESS).isEmpty()) {
            return Answer.text(
                    403,
                    REFUSED
                            + "request method '%s' is not allowed for '%s' origin"
                                    .formatted(method, origin));
        }
        return allowed(endpoint.get(), request)
                .map(_ -> granted(origin, method, request))
                .orElseGet(
                        () ->
                                Answer.text(
                                        403,
                                        REFUSED + "origin '%s' is not allowed".formatted(origin)));
    }

    private static Answer.Whole granted(String origin, String method, HomeRequest request) {
        Answer.Whole answer =
                Answer.empty(200)
                        .with("Access-Control-Allow-Origin", origin)
                        .with("Access-Control-Allow-Methods", method);
        return request.header("Access-Control-Request-Headers")
                .map(
                        names ->
                                answer.with(
                                        "Access-Control-Allow-Headers",
                                        names.toUpperCase(Locale.ROOT)))
                .orElse(answer);
    }
}
