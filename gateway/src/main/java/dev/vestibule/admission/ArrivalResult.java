package dev.vestibule.admission;

import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.secret.Secret;

import java.net.URI;

/// How far a signed-in person came.
public sealed interface ArrivalResult {

    /// There: the browser goes on.
    record GoOn(URI location) implements ArrivalResult {}

    /// There: the browser leaves for a program's place on the web.
    record Leave(URI location, ClientRequest client) implements ArrivalResult {}

    /// The person is asked first whether the client may have access.
    ///
    /// @param request names the question
    record AskConsent(Secret request) implements ArrivalResult {}

    /// This session may not give anything to a program.
    record NotFromHere() implements ArrivalResult {}

    /// More questions are open than there may be.
    record TooMany() implements ArrivalResult {}

    /// Home Assistant asks for a second factor.
    ///
    /// @param question names the question in the form
    /// @param client who waits for it
    /// @param isAgain true where the last answer was wrong
    record SecondFactor(Secret question, MfaStep step, ClientRequest client, boolean isAgain)
            implements ArrivalResult {}

    /// The question was answered before, ran out, or was put to another session.
    record NoSuchQuestion() implements ArrivalResult {}

    /// No code of a second factor may be tried for this person now.
    record TooManyCodes() implements ArrivalResult {}

    /// What the person proved themselves with is not there any more.
    record ProofGone() implements ArrivalResult {}

    record Refused(HomeRefusal reason) implements ArrivalResult {}

    /// The person is signed in, and Home Assistant cannot be used now.
    record Trouble(HomeTrouble trouble) implements ArrivalResult {}
}
