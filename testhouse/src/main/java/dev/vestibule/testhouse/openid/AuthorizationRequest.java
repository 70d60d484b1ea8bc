package dev.vestibule.testhouse.openid;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An authorization request whose client and redirect URI are known to belong together.
record AuthorizationRequest(
        RegisteredClient client, URI redirectUri, Map<String, String> parameters) {

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    Set<String> scope() {
        return words("scope");
    }

    Set<String> prompt() {
        return words("prompt");
    }

    boolean wantsFormPost() {
        return parameter("response_mode").equals(Optional.of("form_post"));
    }

    /// The first class that was asked for: this provider reaches every one.
    String acr() {
        return parameter("acr_values")
                .map(values -> Parameters.parts(values, ' ').getFirst())
                .orElse("1");
    }

    private Set<String> words(String name) {
        return Stream.of(parameter(name).orElse(""))
                .map(value -> Parameters.parts(value, ' '))
                .flatMap(List::stream)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
