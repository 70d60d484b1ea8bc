package dev.vestibule.passkey;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.PendingChoiceStore;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.admission.Welcome;
import dev.vestibule.audit.WayIn;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.passkey.AuthenticationCeremony.Prover;
import dev.vestibule.passkey.AuthenticationCeremony.Result;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `POST /auth/vestibule/passkey/sign-in`: takes what an authenticator signed, for a browser that
/// came from the sign-in page.
final class PasskeySignInHandler implements Handler {

    private final PasskeySites sites;
    private final AuthenticationCeremony ceremony;
    private final PendingChoiceStore choices;
    private final Welcome welcome;
    private final RefusalLog refusals;
    private final AddressLimiter limiter;

    PasskeySignInHandler(
            PasskeySites sites,
            AuthenticationCeremony ceremony,
            PendingChoiceStore choices,
            Welcome welcome,
            RefusalLog refusals,
            AddressLimiter limiter) {
        this.sites = sites;
        this.ceremony = ceremony;
        this.choices = choices;
        this.welcome = welcome;
        this.refusals = refusals;
        this.limiter = limiter;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        Optional<PasskeySite> site = sites.at(visitor);
        if (site.isEmpty()) {
            return AdmissionPages.notFound(visitor.reference());
        }
        // Attack: a form on another site that signs a browser in as the attacker.
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        if (!limiter.tryTake(visitor.client())) {
            return AdmissionPages.tooMany(visitor.reference());
        }
        Secret choice = new Secret(request.form().single("choice").orElse(""));
        String answer = request.form().single("answer").orElse("");
        return Browser.find(visitor)
                .map(browser -> signIn(visitor, site.get(), browser, choice, answer))
                .orElseGet(() -> AdmissionPages.stale(visitor.reference()));
    }

    private Response signIn(
            Visitor visitor, PasskeySite site, Browser browser, Secret choice, String answer) {
        Optional<SignInWish> wish = choices.find(choice, visitor.home(), browser);
        if (wish.isEmpty()) {
            return AdmissionPages.stale(visitor.reference());
        }
        Prover who = new Prover(browser.hash(), visitor.address());
        return switch (ceremony.finish(site, who, answer)) {
            case Result.Proven(var passkey) ->
                    welcome.admit(AskedPasskeys.proven(passkey), visitor, wish.get().destination());
            case Result.Refused(var reason, var account) -> {
                note(visitor, account, reason);
                yield PasskeyPages.refused(reason, choice, visitor.reference());
            }
        };
    }

    private void note(Visitor visitor, String account, Refusal reason) {
        if (reason.isWrongProof()) {
            refusals.noteFailed(visitor, WayIn.PASSKEY, account, reason);
        } else {
            refusals.note(visitor, WayIn.PASSKEY, account, reason);
        }
    }
}
