package dev.vestibule.handoff;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.PendingChoiceStore;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.http.Handler;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `GET /auth/app/LINK`: somebody opens the address of a hand-off, on whatever screen. They are
/// told what it is for, and go on to prove who they are. With `with`, the id of a provider, they go
/// there at once: the app's page has told them.
///
/// Attack: a stranger sends somebody that address, who is not told. Signing `with` would not stop
/// it, because the stranger's own page would be given the signature, and the provider's address can
/// be sent as well. What stops it is the page that shows the code, which tells everybody, and that
/// the code is good in the stranger's page only if somebody passes it on.
final class LinkHandler implements Handler {

    private final InstantSource time;
    private final Secrets secrets;
    private final AddressLimiter limiter;
    private final PendingChoiceStore choices;
    private final HandOffStore store;
    private final List<OpenIdProvider> providers;
    private final WaysIn ways;

    LinkHandler(
            InstantSource time,
            Secrets secrets,
            Admissions admissions,
            HandOffStore store,
            List<OpenIdProvider> providers,
            WaysIn ways) {
        this.time = time;
        this.secrets = secrets;
        this.limiter = admissions.limiter();
        this.choices = admissions.choices();
        this.store = store;
        this.providers = List.copyOf(providers);
        this.ways = ways;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!limiter.tryTake(visitor.client())) {
            return AdmissionPages.tooMany(visitor.reference());
        }
        return ShortCode.read(request.target().segments().getLast())
                .flatMap(link -> store.find(link, visitor.home()))
                .map(handOff -> lead(handOff, request.query().single("with"), visitor))
                .orElseGet(() -> HandOffPages.over(visitor.reference()));
    }

    /// Whoever is signed in already proves anew who they are: an open browser that somebody else
    /// sits at lets in no app.
    private Response lead(HandOff handOff, Optional<String> provider, Visitor visitor) {
        Browser browser = Browser.findOrNew(visitor, secrets);
        SignInWish wish =
                new SignInWish(new Destination.HandOff(handOff.link().value()), Prompt.FRESH_LOGIN);
        return choices.insert(visitor.home(), browser, wish)
                .map(choice -> lead(handOff, provider, choice, visitor))
                .orElseGet(() -> AdmissionPages.tooMany(visitor.reference()))
                .with(browser.cookie(visitor.isSecure()));
    }

    private Response lead(
            HandOff handOff, Optional<String> provider, Secret choice, Visitor visitor) {
        return provider.map(id -> Response.redirect(visitor.origin().resolve(address(id, choice))))
                .orElseGet(
                        () -> HandOffPages.link(handOff, address(choice, visitor), time.instant()));
    }

    private String address(Secret choice, Visitor visitor) {
        return providers.size() == 1 && ways.offeredTo(visitor).isEmpty()
                ? address(providers.getFirst().id(), choice)
                : Paths.SIGN_IN + "?choice=" + choice.reveal();
    }

    private static String address(String provider, Secret choice) {
        return Paths.SIGN_IN + "/" + PercentCoding.encode(provider) + "?choice=" + choice.reveal();
    }
}
