package dev.vestibule.login;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Paths;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.login.LoginPages.SignedOutText;
import dev.vestibule.login.ProviderSignOut.Leaving;
import dev.vestibule.session.SessionCookie;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `GET /auth/vestibule/sign-out`: from where a browser can sign out, here or everywhere, and the
/// page that says that it has; providers return to it. `POST` does it.
final class SignOutHandler implements Handler {

    private final LoginHomes homes;
    private final Insiders insiders;
    private final BrowserSignOut signOut;
    private final SessionProviders sessionProviders;
    private final ProviderSignOut atProvider;

    SignOutHandler(
            LoginHomes homes,
            Insiders insiders,
            BrowserSignOut signOut,
            SessionProviders sessionProviders,
            ProviderSignOut atProvider) {
        this.homes = homes;
        this.insiders = insiders;
        this.signOut = signOut;
        this.sessionProviders = sessionProviders;
        this.atProvider = atProvider;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        return request.method().equals("POST") ? signOut(request, visitor) : show(visitor);
    }

    /// Sessions live at the canonical address of a home.
    private Response show(Visitor visitor) {
        LoginHome home = homes.get(visitor.home());
        if (!visitor.origin().equals(home.canonical())) {
            return Response.redirect(home.canonical().resolve(Paths.SIGN_OUT));
        }
        Optional<Insider> insider = insiders.find(visitor);
        return insider.isEmpty()
                ? signedOut(visitor, SignedOutText.NOT_SIGNED_IN, SignedOutMark.providerOf(visitor))
                : LoginPages.signOut(
                        insider.get(),
                        atProvider.offer(
                                visitor.home(), sessionProviders.of(insider.get().session())));
    }

    private Response signedOut(Visitor visitor, SignedOutText text, String providerId) {
        return LoginPages.signedOut(text, atProvider.offer(visitor.home(), providerId));
    }

    /// Attack: a form on another site that signs people out.
    private Response signOut(Request request, Visitor visitor) {
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        return switch (request.form().single("where").orElse("")) {
            case "here" -> marked(visitor, SignedOutText.HERE, signOut.endSession(visitor));
            case "everywhere" ->
                    marked(visitor, SignedOutText.EVERYWHERE, signOut.endEverything(visitor));
            case "provider" -> {
                var _ = signOut.endSession(visitor);
                yield leave(visitor, request.form().single("provider").orElse(""));
            }
            default -> AdmissionPages.badRequest(visitor.reference());
        };
    }

    /// Other tabs of the browser hear that their access has ended and come at once for more.
    private Response marked(Visitor visitor, SignedOutText text, String providerId) {
        return signedOut(visitor, text, providerId)
                .with(SessionCookie.removing(visitor.isSecure()))
                .with(SignedOutMark.setting(visitor.isSecure(), providerId));
    }

    /// Our own session has ended: whatever becomes of the browser at the provider, that holds.
    private Response leave(Visitor visitor, String providerId) {
        Response answer =
                switch (atProvider.leave(visitor.home(), providerId)) {
                    case Leaving.For(var location) -> Response.redirect(location);
                    case Leaving.NoSuchPlace() ->
                            LoginPages.signedOut(SignedOutText.HERE, Optional.empty());
                    case Leaving.Away(var name) -> LoginPages.signedOutHereOnly(name);
                };
        return answer.with(SessionCookie.removing(visitor.isSecure()))
                .with(SignedOutMark.setting(visitor.isSecure()));
    }
}
