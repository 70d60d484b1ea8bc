package dev.vestibule.admission;

import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.ArrayList;
import java.util.List;

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
                : welcome.answer(holders(visitor), visitor, question, new Secret(answer));
    }

    /// The question may have been put to the browser's session, or to the browser before it had
    /// one.
    private List<Holder> holders(Visitor visitor) {
        List<Holder> holders = new ArrayList<>();
        insiders.find(visitor)
                .ifPresent(insider -> holders.add(new Holder.OfSession(insider.session())));
        Browser.find(visitor).ifPresent(browser -> holders.add(new Holder.OfBrowser(browser)));
        return holders;
    }
}
