package dev.vestibule.local;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.PendingChoiceStore;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.admission.Welcome;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `/auth/vestibule/local/link`: a signed-in person proves a login that they have in Home Assistant
/// already, and keeps its user; or says that they have none.
///
/// Whoever comes for the first time is brought here on the way to their client, which `choice`
/// names; others come by themselves.
final class LinkHandler implements Handler {

    private static final String NONE = "none";

    private final Secrets secrets;
    private final LocalDoor door;
    private final Insiders insiders;
    private final PendingChoiceStore choices;
    private final Welcome welcome;
    private final Links links;
    private final Proofs proofs;

    LinkHandler(
            Secrets secrets, LocalDoor door, Admissions admissions, Links links, Proofs proofs) {
        this.secrets = secrets;
        this.door = door;
        this.insiders = admissions.insiders();
        this.choices = admissions.choices();
        this.welcome = admissions.welcome();
        this.links = links;
        this.proofs = proofs;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!door.isLinkingOffered(visitor)) {
            return AdmissionPages.notFound(visitor.reference());
        }
        boolean isPost = request.method().equals("POST");
        if (isPost && !OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        Optional<Insider> insider = insiders.find(visitor);
        if (insider.isEmpty()) {
            return Response.redirect(visitor.origin().resolve(Paths.signIn(Paths.LINK)));
        }
        if (!insider.get().session().way().isAPersonsOwn()) {
            return LocalPages.notLinked("not-for-you", visitor.reference());
        }
        return isPost
                ? answer(visitor, insider.get(), request.form())
                : ask(visitor, insider.get(), request.query());
    }

    private Response ask(Visitor visitor, Insider insider, Parameters query) {
        if (links.isLinked(visitor.home(), insider.account().id())) {
            return LocalPages.notLinked("has-user", visitor.reference());
        }
        Browser browser = Browser.findOrNew(visitor, secrets);
        Secret choice = new Secret(query.single("choice").orElse(""));
        Response page =
                LocalPages.link(
                        insider.account().username(),
                        choice,
                        isOnTheWay(visitor, browser, choice),
                        welcome.formTargets(visitor, destination(visitor, browser, choice)));
        return page.with(browser.cookie(visitor.isSecure()));
    }

    private boolean isOnTheWay(Visitor visitor, Browser browser, Secret choice) {
        return wanted(visitor, browser, choice).isPresent();
    }

    private Destination destination(Visitor visitor, Browser browser, Secret choice) {
        return wanted(visitor, browser, choice).orElseGet(() -> new Destination.Page("/"));
    }

    /// Whoever proves themselves for an app is not signed in and not asked here: a choice of theirs
    /// was put in by hand.
    private Optional<Destination> wanted(Visitor visitor, Browser browser, Secret choice) {
        return choices.find(choice, visitor.home(), browser)
                .map(SignInWish::destination)
                .filter(
                        destination ->
                                switch (destination) {
                                    case Destination.Client _, Destination.Page _ -> true;
                                    case Destination.HandOff _ -> false;
                                });
    }

    private Response answer(Visitor visitor, Insider insider, Parameters form) {
        Browser browser = Browser.findOrNew(visitor, secrets);
        Secret choice = new Secret(form.single("choice").orElse(""));
        Destination destination = destination(visitor, browser, choice);
        if (form.single("login").orElse("").equals(NONE)) {
            return welcome.arriveAsNewcomer(Guest.of(insider), visitor, destination);
        }
        if (links.isLinked(visitor.home(), insider.account().id())) {
            return LocalPages.notLinked("has-user", visitor.reference());
        }
        Typed typed = Typed.in(form);
        return proofs.begin(
                        new Proofs.Try(
                                visitor,
                                browser,
                                proofs.nameOf(visitor, typed),
                                new LoginPurpose.Link(
                                        insider.account().id(), insider.account().epoch()),
                                destination),
                        typed,
                        () ->
                                LocalPages.wrong(
                                        Paths.LINK,
                                        choice,
                                        welcome.formTargets(visitor, destination)))
                .with(browser.cookie(visitor.isSecure()));
    }
}
