package dev.vestibule.passkey;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.passkey.PasskeyChanges.Changer;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `/auth/vestibule/passkey/new`: somebody is asked whether a passkey is theirs, on their way home.
///
/// Saying no needs no fresh sign-in: it takes away what was added lately, and lets nobody in.
final class NewPasskeyHandler implements Handler {

    private final Admissions admissions;
    private final NewPasskeys passkeys;
    private final PasskeyChanges changes;

    NewPasskeyHandler(Admissions admissions, NewPasskeys passkeys, PasskeyChanges changes) {
        this.admissions = admissions;
        this.passkeys = passkeys;
        this.changes = changes;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        boolean isPost = request.method().equals("POST");
        if (isPost && !OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        Optional<Insider> found = admissions.insiders().find(visitor);
        if (found.isEmpty()) {
            return Response.redirect(visitor.origin().resolve(Paths.signIn("/")));
        }
        Insider insider = found.get();
        Parameters said = isPost ? request.form() : request.query();
        Secret choice = new Secret(said.single("choice").orElse(""));
        Destination destination = destination(visitor, choice);
        Optional<NewPasskey> asked = passkeys.unseenBy(insider.session(), visitor);
        if (isPost) {
            String named = said.single("passkey").orElse("");
            asked = asked.filter(passkey -> passkey.id().value().equals(named));
        }
        if (asked.isEmpty()) {
            return goOn(insider, visitor, destination);
        }
        return isPost
                ? answer(said.single("do").orElse(""), asked.get(), insider, visitor, destination)
                : NewPasskeyPages.ask(
                        insider.account().username(),
                        asked.get(),
                        choice,
                        admissions.welcome().formTargets(visitor, destination));
    }

    private Response answer(
            String word,
            NewPasskey passkey,
            Insider insider,
            Visitor visitor,
            Destination destination) {
        return switch (word) {
            case "mine" -> {
                passkeys.confirm(insider.account().id(), passkey.id());
                yield goOn(insider, visitor, destination);
            }
            case "not-mine" -> {
                changes.disown(Changer.of(insider, visitor));
                yield NewPasskeyPages.disowned();
            }
            default -> AdmissionPages.badRequest(visitor.reference());
        };
    }

    private Response goOn(Insider insider, Visitor visitor, Destination destination) {
        return admissions.welcome().arrive(Guest.of(insider), visitor, destination);
    }

    /// Attack: the choice of a hand-off, which is for whoever proves themselves anew.
    private Destination destination(Visitor visitor, Secret choice) {
        return Browser.find(visitor)
                .flatMap(browser -> admissions.choices().find(choice, visitor.home(), browser))
                .map(SignInWish::destination)
                .filter(destination -> !(destination instanceof Destination.HandOff))
                .orElseGet(() -> new Destination.Page("/"));
    }
}
