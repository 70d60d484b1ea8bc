package dev.vestibule.local;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.local.LocalQuestionStore.Question;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `POST /auth/vestibule/local/code`: the answer to Home Assistant's question for a second factor.
final class LocalCodeHandler implements Handler {

    private static final int ANSWER_MAX = 200;

    private final Proofs proofs;
    private final LocalQuestionStore questions;

    LocalCodeHandler(Proofs proofs, LocalQuestionStore questions) {
        this.proofs = proofs;
        this.questions = questions;
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
        Optional<Browser> browser = Browser.find(visitor);
        Optional<Question> question =
                answer.length() > ANSWER_MAX
                        ? Optional.empty()
                        : browser.flatMap(found -> questions.consume(id, visitor.home(), found));
        return question.isEmpty()
                ? AdmissionPages.stale(visitor.reference())
                : proofs.answer(visitor, browser.get(), question.get(), new Secret(answer));
    }
}
