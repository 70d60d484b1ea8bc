package dev.vestibule.login;

import dev.vestibule.http.PercentCoding;
import dev.vestibule.login.PendingSignInStore.Binding;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.oidc.AuthorizationStart;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.net.URI;
import java.util.Optional;

/// Receives a browser that wants to be somewhere: lets it on where it is signed in, and begins a
/// sign-in where it is not. Safe to share between threads.
///
/// Providers know one callback per home, at its canonical address, and the session lives there too.
/// A browser at another address of the home is sent to the canonical one and comes back to its
/// client with a code; a code is worth the same at every address of a home.
final class FrontDesk {

    private final Secrets secrets;
    private final LoginHomes homes;
    private final Providers providers;
    private final AddressLimiter limiter;
    private final PendingSignInStore pending;
    private final PendingChoiceStore choices;

    FrontDesk(
            Secrets secrets,
            LoginHomes homes,
            Providers providers,
            AddressLimiter limiter,
            PendingSignInStore pending,
            PendingChoiceStore choices) {
        this.secrets = secrets;
        this.homes = homes;
        this.providers = providers;
        this.limiter = limiter;
        this.pending = pending;
        this.choices = choices;
    }

    /// @param insider who the browser is signed in as
    Reception receive(Visitor visitor, Optional<Insider> insider, SignInWish wish) {
        if (!limiter.tryTake(visitor.client())) {
            return new Reception.TooMany();
        }
        boolean isContent = wish.prompt() == Prompt.AS_NEEDED;
        if (insider.isPresent() && isContent) {
            return new Reception.Known(insider.get());
        }
        // Whoever asks to choose an account is not signed in by themselves.
        if (isContent && SignedOutMark.isOn(visitor)) {
            return new Reception.SignedOut();
        }
        LoginHome home = homes.get(visitor.home());
        if (!visitor.origin().equals(home.canonical())) {
            return new Reception.GoToCanonical(
                    home.canonical().resolve(wish.destination().address()));
        }
        return providers.all().size() == 1
                ? leave(visitor, providers.all().getFirst(), wish)
                : choose(visitor, wish);
    }

    private Reception choose(Visitor visitor, SignInWish wish) {
        Browser browser = Browser.findOrNew(visitor, secrets);
        return choices.insert(visitor.home(), browser, wish)
                .<Reception>map(choice -> new Reception.Choose(choice, browser))
                .orElseGet(Reception.TooMany::new);
    }

    /// What a browser came to choose for; empty where that was too long ago, or another browser's.
    Optional<SignInWish> chosenFor(Visitor visitor, Secret choice) {
        return Browser.find(visitor)
                .flatMap(browser -> choices.find(choice, visitor.home(), browser));
    }

    /// Leaves for the provider that was chosen.
    Reception leaveFor(Visitor visitor, OpenIdProvider provider, SignInWish wish) {
        return limiter.tryTake(visitor.client())
                ? leave(visitor, provider, wish)
                : new Reception.TooMany();
    }

    private Reception leave(Visitor visitor, OpenIdProvider provider, SignInWish wish) {
        Browser browser = Browser.findOrNew(visitor, secrets);
        AuthorizationStart start =
                provider.begin(callback(homes.get(visitor.home()), provider), wish.prompt());
        Binding binding = new Binding(visitor.home(), provider.id(), browser.hash());
        return pending.insert(binding, start.pending(), wish.destination())
                ? new Reception.Leave(start.location(), browser)
                : new Reception.TooMany();
    }

    /// Where a provider sends people back to.
    static URI callback(LoginHome home, OpenIdProvider provider) {
        return home.canonical().resolve(Paths.CALLBACK + "/" + PercentCoding.encode(provider.id()));
    }
}
