package dev.vestibule.admission;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

/// `POST /auth/vestibule/mfa`: the answer to Home Assistant's question for a second factor.
public final class MfaHandler implements Handler {

    private static final int ANSWER_MAX = 200;

    private final Insiders insiders;
    private final Welcome welcome;

    public MfaHandler(Insiders insiders, Welcome welcome) {
        this.insiders = insiders;
        this.welcome = welcome;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        Parameters form = request.form();
        Secret question = new Secret(form.single("question").orElse(""));
        String answer = form.single("answer").orElse("").strip();
        return answer.length() > ANSWER_MAX
                ? AdmissionPages.stale(visitor.reference())
                : welcome.answer(
                        Holders.of(visitor, insiders), visitor, question, new Secret(answer));
    }
}
