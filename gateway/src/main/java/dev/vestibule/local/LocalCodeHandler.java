package dev.vestibule.local;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.admission.SecondFactors;
import dev.vestibule.admission.SecondFactors.Asked;
import dev.vestibule.admission.SecondFactors.Door;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.List;
import java.util.Optional;

/// `POST /auth/vestibule/local/code`: the answer to Home Assistant's question for a second factor.
final class LocalCodeHandler implements Handler {

    private static final int ANSWER_MAX = 200;

    private final Proofs proofs;
    private final SecondFactors secondFactors;

    LocalCodeHandler(Proofs proofs, SecondFactors secondFactors) {
        this.proofs = proofs;
        this.secondFactors = secondFactors;
    }

    /// The question is there only while the door that it came by is open.
    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!proofs.isAnyDoorOpen(visitor)) {
            return AdmissionPages.notFound(visitor.reference());
        }
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        Parameters form = request.form();
        String answer = form.single("answer").orElse("").strip();
        Secret id = new Secret(form.single("question").orElse(""));
        return answer.length() > ANSWER_MAX
                ? AdmissionPages.stale(visitor.reference())
                : answer(visitor, id, new Secret(answer));
    }

    private Response answer(Visitor visitor, Secret id, Secret answer) {
        Optional<Browser> browser = Browser.find(visitor);
        List<Holder> holders = browser.stream().<Holder>map(Holder.OfBrowser::new).toList();
        Optional<Asked> asked = secondFactors.find(visitor.home(), Door.LOCAL, holders, id);
        return asked.isEmpty()
                ? AdmissionPages.stale(visitor.reference())
                : proofs.answer(visitor, browser.get(), asked.get(), answer);
    }
}
