package dev.vestibule.oidc;

import dev.vestibule.http.Parameters;
import dev.vestibule.http.Parameters.Parameter;
import dev.vestibule.secret.Secret;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The decoded parameters of a provider's answer, whether they came as a query or as a posted form.
/// Nothing is decided here: doubled parameters are kept so that [OpenIdProvider#complete] can
/// refuse them.
public record AuthorizationResponseParameters(Parameters parameters) {

    /// The state by which the pending sign-in is found; empty where there is none, or more than
    /// one.
    public Optional<State> state() {
        return single("state").map(Secret::new).map(State::new);
    }

    Optional<String> single(String name) {
        List<String> found = parameters.values(name);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    boolean has(String name) {
        return !parameters.values(name).isEmpty();
    }

    /// RFC 6749 section 3.1: no parameter may appear more than once.
    boolean hasDuplicates() {
        return names().distinct().count() != parameters.all().size();
    }

    private Stream<String> names() {
        return parameters.all().stream().map(Parameter::name);
    }

    /// The values hold codes and states, so only the names are printed.
    @Override
    public String toString() {
        return "AuthorizationResponseParameters" + names().toList();
    }
}
