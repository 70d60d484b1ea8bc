package dev.vestibule.login;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;

import java.util.Optional;

/// `POST /auth/vestibule/mfa`: the answer to Home Assistant's question for a second factor.
final class MfaHandler implements Handler {

    private static final int ANSWER_MAX = 200;

    private final Insiders insiders;
    private final Arrival arrival;
    private final Answers answers;

    MfaHandler(Insiders insiders, Arrival arrival, Answers answers) {
        this.insiders = insiders;
        this.arrival = arrival;
        this.answers = answers;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!OriginCheck.isOwn(visitor)) {
            return LoginPages.forbidden(visitor.reference());
        }
        Parameters form = request.form();
        Secret question = new Secret(form.single("question").orElse(""));
        String answer = form.single("answer").orElse("").strip();
        Optional<Insider> insider = insiders.find(visitor);
        if (insider.isEmpty() || answer.length() > ANSWER_MAX) {
            return LoginPages.stale(visitor.reference());
        }
        return answers.to(
                arrival.answer(insider.get().session(), visitor, question, new Secret(answer)),
                visitor);
    }
}
