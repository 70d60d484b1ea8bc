package dev.vestibule.handoff;

import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.AppDoor;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.http.Handler;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.secret.Secrets;

import java.time.InstantSource;
import java.util.List;

/// Puts the room together and hands its handlers to `Routes`. Safe to share between threads.
public final class HandOffEntrance {

    private final HandOffStore store;
    private final AppPageHandler page;
    private final Handler guardedPage;
    private final Handler link;
    private final Handler state;

    /// The ground that the room stands on.
    public record Ground(InstantSource time, Secrets secrets, AuditLog audit) {}

    /// @param codes what admission was given to show codes with
    /// @param providers as the page offers them
    public HandOffEntrance(
            Ground ground,
            Admissions admissions,
            HandOffCodes codes,
            List<OpenIdProvider> providers,
            WaysIn ways,
            LimitsConfig limits) {
        this.store = codes.store();
        AppPage appPage = new AppPage(admissions.homes(), providers);
        this.page = new AppPageHandler(ground.secrets(), admissions, store, appPage);
        Handler typed =
                new TypedCodeHandler(
                        admissions,
                        store,
                        new TypingLimits(ground.time(), limits.signInsPerMinute()),
                        appPage,
                        ground.audit());
        this.guardedPage =
                new PageGuard(
                        request ->
                                request.method().equals("POST")
                                        ? typed.handle(request)
                                        : page.handle(request));
        this.link =
                new PageGuard(
                        new LinkHandler(
                                ground.time(),
                                ground.secrets(),
                                admissions,
                                store,
                                providers,
                                ways));
        this.state = new PageGuard(new StateHandler(store));
    }

    /// Where `/auth/authorize` leads apps.
    public AppDoor door() {
        return page;
    }

    /// `GET` and `POST /auth/vestibule/hand-off`
    public Handler page() {
        return guardedPage;
    }

    /// `GET /auth/app/{link}`
    public Handler link() {
        return link;
    }

    /// `GET /auth/vestibule/hand-off/state`
    public Handler state() {
        return state;
    }

    /// Removes what ran out.
    public int sweep() {
        return store.sweep();
    }
}
