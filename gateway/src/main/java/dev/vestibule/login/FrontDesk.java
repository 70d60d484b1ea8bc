package dev.vestibule.login;

import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.LoginHome;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.PendingChoiceStore;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.login.PendingSignInStore.Binding;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.oidc.AuthorizationStart;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

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
    private final WaysIn ways;
    private final AddressLimiter limiter;
    private final PendingSignInStore pending;
    private final PendingChoiceStore choices;

    FrontDesk(
            Secrets secrets,
            Admissions admissions,
            Providers providers,
            WaysIn ways,
            PendingSignInStore pending) {
        this.secrets = secrets;
        this.homes = admissions.homes();
        this.providers = providers;
        this.ways = ways;
        this.limiter = admissions.limiter();
        this.pending = pending;
        this.choices = admissions.choices();
    }

    /// @param insider who the browser is signed in as
    /// @param isAskedFor whether the person pressed a button to sign in, and did not just come by
    Reception receive(
            Visitor visitor, Optional<Insider> insider, SignInWish wish, boolean isAskedFor) {
        if (!limiter.tryTake(visitor.client())) {
            return new Reception.TooMany();
        }
        LoginHome home = homes.get(visitor.home());
        boolean isAtCanonical = visitor.origin().equals(home.canonical());
        // Whoever asks to choose an account, or to prove themselves anew, is not let in by what
        // their browser carries.
        if (wish.prompt() == Prompt.AS_NEEDED) {
            boolean hasLeft = insider.isEmpty() && SignedOutMark.isOn(visitor) && !isAskedFor;
            if (hasLeft && !comesBack(visitor)) {
                return new Reception.SignedOut();
            }
            WaysIn asked = hasLeft ? ways.thatComeBack() : ways;
            Optional<ProvenIdentity> proven =
                    isAtCanonical ? asked.identify(visitor, insider) : Optional.empty();
            if (proven.isPresent()) {
                return new Reception.Proven(proven.get());
            }
            if (insider.isPresent()) {
                return new Reception.Known(insider.get());
            }
        }
        if (!isAtCanonical) {
            return new Reception.GoToCanonical(
                    home.canonical().resolve(wish.destination().address(wish.prompt())));
        }
        return providers.all().size() == 1 && ways.offeredTo(visitor).isEmpty()
                ? leave(visitor, providers.all().getFirst(), wish)
                : choose(visitor, wish);
    }

    /// A wall tablet comes back by itself; but after a person who used it, and may still be signed
    /// in at their provider, only when somebody has seen the page that says so.
    private boolean comesBack(Visitor visitor) {
        return SignedOutMark.providerOf(visitor).equals(SignedOutMark.NO_PROVIDER)
                && ways.thatComeBack().areFor(visitor);
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
        Binding binding =
                wish.destination() instanceof Destination.HandOff
                        ? Binding.ofHandOff(visitor.home(), provider.id())
                        : Binding.of(visitor.home(), provider.id(), browser);
        return pending.insert(binding, start.pending(), new Onward.To(wish.destination()))
                ? new Reception.Leave(start.location(), browser)
                : new Reception.TooMany();
    }

    /// Where a provider sends people back to.
    static URI callback(LoginHome home, OpenIdProvider provider) {
        return home.canonical().resolve(Paths.CALLBACK + "/" + PercentCoding.encode(provider.id()));
    }
}
