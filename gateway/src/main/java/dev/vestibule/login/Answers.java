package dev.vestibule.login;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.admission.Welcome;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import java.net.URI;

/// Writes what the features decided as answers to a browser. Safe to share between threads.
final class Answers {

    private final Providers providers;
    private final WaysIn ways;
    private final Welcome welcome;
    private final ProviderSignOut atProvider;

    Answers(Providers providers, WaysIn ways, Welcome welcome, ProviderSignOut atProvider) {
        this.providers = providers;
        this.ways = ways;
        this.welcome = welcome;
        this.atProvider = atProvider;
    }

    Response to(Reception reception, Visitor visitor, SignInWish wish) {
        Response answer = write(reception, visitor, wish);
        return SignedOutMark.isOn(visitor) && isSigningIn(reception)
                ? answer.with(SignedOutMark.removing(visitor.isSecure()))
                : answer;
    }

    /// Whoever is sent to the canonical address is past the page that the mark shows.
    private static boolean isSigningIn(Reception reception) {
        return switch (reception) {
            case Reception.Known _,
                    Reception.Proven _,
                    Reception.GoToCanonical _,
                    Reception.Leave _,
                    Reception.Choose _ ->
                    true;
            case Reception.SignedOut _, Reception.TooMany _ -> false;
        };
    }

    private Response write(Reception reception, Visitor visitor, SignInWish wish) {
        return switch (reception) {
            case Reception.Known(var insider) ->
                    welcome.arrive(Guest.of(insider), visitor, wish.destination());
            case Reception.Proven(var identity) ->
                    welcome.admit(identity, visitor, wish.destination());
            case Reception.SignedOut() ->
                    LoginPages.signedOut(
                            wish.destination(),
                            atProvider.offer(visitor.home(), SignedOutMark.providerOf(visitor)));
            case Reception.GoToCanonical(var location) -> Response.redirect(location);
            case Reception.Leave(URI location, Browser browser) ->
                    Response.redirect(location).with(browser.cookie(visitor.isSecure()));
            case Reception.Choose(var choice, var browser) ->
                    Response.redirect(
                                    visitor.origin()
                                            .resolve(Paths.SIGN_IN + "?choice=" + choice.reveal()))
                            .with(browser.cookie(visitor.isSecure()));
            case Reception.TooMany() -> AdmissionPages.tooMany(visitor.reference());
        };
    }

    /// @param destination what the visitor came for
    Response choices(Visitor visitor, Secret choice, Destination destination) {
        return LoginPages.choose(
                providers.all(),
                choice,
                ways.offeredTo(visitor).stream()
                        .flatMap(way -> way.parts(visitor, choice).stream())
                        .toList(),
                welcome.formTargets(visitor, destination));
    }
}
