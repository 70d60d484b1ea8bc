package dev.vestibule.testhouse.openid;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Finds out who is signing in: the person who was named beforehand, or one picked on a page.
final class PersonChooser implements Handler {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String TOO_LATE =
            "This sign-in is over or was never begun. Go back to where you came from.";

    private final People people;
    private final Issuers issuers;
    private final SignIn signIn;
    private final Callback callback;
    private final Tickets<AuthorizationRequest> waiting;
    private volatile Optional<String> automatic = Optional.empty();

    PersonChooser(
            InstantSource time, People people, Issuers issuers, SignIn signIn, Callback callback) {
        this.people = people;
        this.issuers = issuers;
        this.signIn = signIn;
        this.callback = callback;
        this.waiting = new Tickets<>(time, PATIENCE);
    }

    void always(String subject) {
        automatic = Optional.of(subject);
    }

    void byPage() {
        automatic = Optional.empty();
    }

    Answer choose(AuthorizationRequest request) {
        return automatic
                .map(subject -> signIn.asNewcomer(request, subject))
                .orElseGet(
                        () ->
                                ChooserPage.of(
                                        request,
                                        people,
                                        issuers.endpoint(Endpoint.CHOOSE),
                                        waiting.issue(request)));
    }

    /// Takes what the page posted. The request behind it is found by its unguessable id, once.
    @Override
    public Answer handle(ProviderRequest request) {
        if (!request.method().equals("POST")) {
            return Answer.of(405, "text/plain", "POST only").with("Allow", "POST");
        }
        String id = request.parameter("request").orElse("");
        return switch (waiting.spend(id)) {
            case Tickets.Spending.Fresh<AuthorizationRequest>(var found) ->
                    finish(found, request.parameter("subject"));
            case Tickets.Spending.Again<AuthorizationRequest> _ -> Pages.refusal(TOO_LATE);
            case Tickets.Spending.Unknown<AuthorizationRequest> _ -> Pages.refusal(TOO_LATE);
        };
    }

    private Answer finish(AuthorizationRequest request, Optional<String> subject) {
        return subject.map(chosen -> signIn.asNewcomer(request, chosen))
                .orElseGet(() -> callback.error(request, "access_denied", "the person cancelled"));
    }
}
