package dev.vestibule.local;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.PendingChoiceStore;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `POST /auth/vestibule/local`: name and password of somebody who signs in.
final class LocalHandler implements Handler {

    private final LocalDoor door;
    private final PendingChoiceStore choices;
    private final Proofs proofs;

    LocalHandler(LocalDoor door, PendingChoiceStore choices, Proofs proofs) {
        this.door = door;
        this.choices = choices;
        this.proofs = proofs;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!door.isOpen(visitor)) {
            return AdmissionPages.notFound(visitor.reference());
        }
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        Parameters form = request.form();
        Secret choice = new Secret(form.single("choice").orElse(""));
        Optional<Browser> browser = Browser.find(visitor);
        Optional<SignInWish> wish =
                browser.flatMap(found -> choices.find(choice, visitor.home(), found));
        return wish.isEmpty()
                ? AdmissionPages.stale(visitor.reference())
                : prove(visitor, browser.get(), form, choice, wish.get().destination());
    }

    private Response prove(
            Visitor visitor,
            Browser browser,
            Parameters form,
            Secret choice,
            Destination destination) {
        Typed typed = Typed.in(form);
        return proofs.begin(
                new Proofs.Try(
                        visitor,
                        browser,
                        proofs.nameOf(visitor, typed),
                        new LoginPurpose.SignIn(),
                        destination),
                typed,
                () -> wrong(visitor, choice, destination));
    }

    private Response wrong(Visitor visitor, Secret choice, Destination destination) {
        return LocalPages.wrong(
                LocalPaths.SIGN_IN, choice, proofs.formTargets(visitor, destination));
    }
}
