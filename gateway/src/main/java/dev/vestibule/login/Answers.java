package dev.vestibule.login;

import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;

import java.net.URI;

/// Writes what the features decided as answers to a browser. Safe to share between threads.
final class Answers {

    private final LoginHomes homes;
    private final Providers providers;
    private final Arrival arrival;
    private final ProviderSignOut atProvider;

    Answers(LoginHomes homes, Providers providers, Arrival arrival, ProviderSignOut atProvider) {
        this.homes = homes;
        this.providers = providers;
        this.arrival = arrival;
        this.atProvider = atProvider;
    }

    Response to(Reception reception, Visitor visitor, SignInWish wish) {
        return switch (reception) {
            case Reception.Known(var insider) ->
                    to(arrival.arrive(insider, visitor, wish.destination()), visitor);
            case Reception.SignedOut() ->
                    LoginPages.signedOut(
                                    wish.destination(),
                                    atProvider.offer(
                                            visitor.home(), SignedOutMark.providerOf(visitor)))
                            .with(SignedOutMark.removing(visitor.isSecure()));
            case Reception.GoToCanonical(var location) -> Response.redirect(location);
            case Reception.Leave(URI location, Browser browser) ->
                    Response.redirect(location).with(browser.cookie(visitor.isSecure()));
            case Reception.Choose(var choice, var browser) ->
                    Response.redirect(
                                    visitor.origin()
                                            .resolve(Paths.SIGN_IN + "?choice=" + choice.reveal()))
                            .with(browser.cookie(visitor.isSecure()));
            case Reception.TooMany() -> LoginPages.tooMany(visitor.reference());
        };
    }

    Response to(ArrivalResult result, Visitor visitor) {
        return switch (result) {
            case ArrivalResult.GoOn(var location) -> Response.redirect(location);
            case ArrivalResult.SecondFactor asked ->
                    LoginPages.secondFactor(
                            asked, homes.get(visitor.home()).origins(), visitor.reference());
            case ArrivalResult.NoSuchQuestion() -> LoginPages.stale(visitor.reference());
            case ArrivalResult.Refused(var reason) ->
                    LoginPages.refusedByHome(reason, visitor.reference());
            case ArrivalResult.Trouble(var trouble) ->
                    LoginPages.trouble(trouble, visitor.reference());
        };
    }

    Response choices(Secret choice) {
        return LoginPages.choose(providers.all(), choice);
    }
}
