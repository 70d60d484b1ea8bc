package dev.vestibule.oidc;

import java.time.Instant;
import java.util.Optional;

/// How a document of a provider was had since the gateway was started.
///
/// @param hadAt when it was last had in a form that can be used; empty for not yet
/// @param lastProblem why it was not had the last time that this happened; it may have been had
///   again since
public record DocumentHealth(Optional<Instant> hadAt, Optional<Problem> lastProblem) {

    static final DocumentHealth NOT_ASKED = new DocumentHealth(Optional.empty(), Optional.empty());

    /// @param sentence for the operator
    public record Problem(String sentence, Instant at) {}

    /// Whether the last answer was none that can be used.
    public boolean isFailing() {
        return lastProblem
                .filter(problem -> hadAt.filter(had -> !problem.at().isAfter(had)).isEmpty())
                .isPresent();
    }

    DocumentHealth had(Instant at) {
        return new DocumentHealth(Optional.of(at), lastProblem);
    }

    DocumentHealth notHad(OpenIdProviderProblem problem, Instant at) {
        return new DocumentHealth(
                hadAt, Optional.of(new Problem(String.valueOf(problem.getMessage()), at)));
    }
}
