package dev.vestibule.handoff;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.AppDoor;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Device;
import dev.vestibule.visit.Visitor;

/// `GET /auth/vestibule/hand-off?link=LINK`: the page of an app that asked for a code at
/// `/auth/authorize`. It has an address of its own, so that loading it again begins nothing anew.
final class AppPageHandler implements Handler, AppDoor {

    private final Secrets secrets;
    private final AddressLimiter limiter;
    private final HandOffStore store;
    private final AppPage page;
    private final RefusalLog log;

    AppPageHandler(Secrets secrets, Admissions admissions, HandOffStore store, AppPage page) {
        this.secrets = secrets;
        this.limiter = admissions.limiter();
        this.store = store;
        this.page = page;
        this.log = admissions.refusals();
    }

    @Override
    public Response receive(Visitor visitor, ClientRequest app) {
        if (!limiter.tryTake(visitor.client())) {
            return AdmissionPages.tooMany(visitor.reference());
        }
        Browser browser = Browser.findOrNew(visitor, secrets);
        String device = Device.of(visitor.userAgent());
        return switch (store.open(visitor, browser, app, device)) {
            case HandOffStore.Opening.Begun(var link) -> {
                log.noteBegun(visitor, app.clientId(), device);
                yield leadTo(link, browser, visitor);
            }
            case HandOffStore.Opening.Continued(var link) -> leadTo(link, browser, visitor);
            case HandOffStore.Opening.TooMany() -> AdmissionPages.tooMany(visitor.reference());
        };
    }

    private static Response leadTo(ShortCode link, Browser browser, Visitor visitor) {
        return Response.redirect(visitor.origin().resolve(Paths.HAND_OFF + "?link=" + link.value()))
                .with(browser.cookie(visitor.isSecure()));
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        return Asked.of(request.query(), visitor)
                .flatMap(asked -> store.find(asked.link(), visitor.home(), asked.browser()))
                .map(handOff -> page.show(handOff, visitor))
                .orElseGet(() -> HandOffPages.over(visitor.reference()));
    }
}
