package dev.vestibule.login;

import dev.vestibule.admission.Admission;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.Guest;
import dev.vestibule.admission.LoginDispatcher;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Proof;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.Welcome;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.login.PendingSignInStore.Binding;
import dev.vestibule.login.PendingSignInStore.Kept;
import dev.vestibule.oidc.AuthorizationResponseParameters;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.PendingSignIn;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.oidc.RejectionReason;
import dev.vestibule.oidc.SignInResult;
import dev.vestibule.oidc.State;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// `GET /auth/vestibule/callback/PROVIDER`: a provider sends somebody back. One path per provider,
/// so that the answer of one is never taken for another's (attack: mix-up).
final class CallbackHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackHandler.class);

    /// What somebody who comes by a provider has proved themselves with.
    private static final Proof PROOF = new Proof(SignInWay.PROVIDER, "");

    private final LoginHomes homes;
    private final Providers providers;
    private final Insiders insiders;
    private final PendingSignInStore pending;
    private final Aftermath aftermath;

    CallbackHandler(
            LoginHomes homes,
            Providers providers,
            Insiders insiders,
            PendingSignInStore pending,
            Aftermath aftermath) {
        this.homes = homes;
        this.providers = providers;
        this.insiders = insiders;
        this.pending = pending;
        this.aftermath = aftermath;
    }

    /// What becomes of the visitor after the provider's answer was judged.
    record Aftermath(
            ProofErrand errand,
            LoginDispatcher dispatcher,
            EndedMeanwhile endedMeanwhile,
            Welcome welcome,
            RefusalLog refusals) {}

    /// What a browser was sent to the provider for, and when.
    private record Begun(Destination destination, Instant at) {}

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        Optional<OpenIdProvider> provider = providers.find(request.target().segments().getLast());
        if (provider.isEmpty()) {
            return AdmissionPages.notFound(visitor.reference());
        }
        var response = new AuthorizationResponseParameters(request.query());
        return response.state()
                .flatMap(state -> complete(visitor, provider.get(), response, state))
                .orElseGet(() -> stale(visitor));
    }

    private Optional<Response> complete(
            Visitor visitor,
            OpenIdProvider provider,
            AuthorizationResponseParameters response,
            State state) {
        return pending.consume(state, Binding.of(visitor, provider.id()))
                .map(
                        kept ->
                                answer(
                                        provider,
                                        () ->
                                                provider.complete(
                                                        response,
                                                        pendingSignIn(
                                                                visitor, provider, state, kept)),
                                        visitor,
                                        kept));
    }

    private Response answer(
            OpenIdProvider provider, Supplier<SignInResult> result, Visitor visitor, Kept kept) {
        return switch (kept.onward()) {
            case Onward.ToCode code -> backFromErrand(provider, result, visitor, code);
            case Onward.To(var destination) ->
                    kept.prompt() == Prompt.SILENT
                            ? backFromErrand(provider, result, visitor, destination)
                            : answer(
                                    provider,
                                    result.get(),
                                    visitor,
                                    new Begun(destination, kept.begunAt()));
        };
    }

    private Response backFromErrand(
            OpenIdProvider provider,
            Supplier<SignInResult> result,
            Visitor visitor,
            Onward.ToCode code) {
        aftermath.errand().finish(provider, code.account(), result);
        return aftermath
                .errand()
                .find(code)
                .map(account -> aftermath.welcome().showCode(code.link(), account, PROOF, visitor))
                .orElseGet(() -> AdmissionPages.stale(visitor.reference()));
    }

    /// Nobody is signed in by this; whoever was goes on.
    private Response backFromErrand(
            OpenIdProvider provider,
            Supplier<SignInResult> result,
            Visitor visitor,
            Destination destination) {
        Optional<Insider> insider = insiders.find(visitor);
        if (insider.isEmpty()) {
            return stale(visitor);
        }
        aftermath.errand().finish(provider, insider.get().account().id(), result);
        return arrive(insider.get(), visitor, destination);
    }

    private Response arrive(Insider insider, Visitor visitor, Destination destination) {
        return aftermath.welcome().arrive(Guest.of(insider), visitor, destination);
    }

    private PendingSignIn pendingSignIn(
            Visitor visitor, OpenIdProvider provider, State state, Kept kept) {
        return new PendingSignIn(
                state,
                kept.nonce(),
                kept.codeVerifier(),
                FrontDesk.callback(homes.get(visitor.home()), provider),
                provider.issuer(),
                kept.prompt(),
                kept.begunAt());
    }

    private Response answer(
            OpenIdProvider provider, SignInResult result, Visitor visitor, Begun begun) {
        return switch (result) {
            case SignInResult.Verified(var identity) -> admit(provider, identity, visitor, begun);
            case SignInResult.RefusedByProvider(var code) -> {
                aftermath
                        .refusals()
                        .note(
                                visitor,
                                WayIn.PROVIDER,
                                "",
                                new Reason.Of(Reason.Family.PROVIDER, code));
                yield LoginPages.refusedByProvider(begun.destination(), visitor.reference());
            }
            case SignInResult.Rejected(var reason, var detail) -> {
                LOG.info(
                        "event=provider-answer-rejected request={} detail=\"{}\"",
                        visitor.reference(),
                        detail);
                note(visitor, reason);
                yield LoginPages.signInFailed(begun.destination(), visitor.reference());
            }
        };
    }

    private void note(Visitor visitor, RejectionReason reason) {
        if (reason.isOfBrowser()) {
            aftermath.refusals().noteFailed(visitor, WayIn.PROVIDER, "", reason);
        } else {
            aftermath.refusals().note(visitor, WayIn.PROVIDER, "", reason);
        }
    }

    private Response admit(
            OpenIdProvider provider, VerifiedIdentity identity, Visitor visitor, Begun begun) {
        var proven = new ProvenIdentity.Vouched(identity, SignInWay.PROVIDER);
        if (begun.destination() instanceof Destination.HandOff handOff) {
            return recognise(provider, proven, visitor, handOff);
        }
        Welcome welcome = aftermath.welcome();
        Admission admission = aftermath.dispatcher().admit(proven, visitor);
        if (!(admission instanceof Admission.SignedIn(var insider, var cookie))) {
            return welcome.refusal(admission, visitor, begun.destination());
        }
        if (aftermath.endedMeanwhile().end(insider.session(), identity, begun.at(), visitor)) {
            return refusedAsStale(visitor);
        }
        return aftermath
                .errand()
                .begin(provider, visitor, new Onward.To(begun.destination()))
                .orElseGet(() -> arrive(insider, visitor, begun.destination()))
                .with(welcome.cookie(insider, cookie, visitor));
    }

    private Response recognise(
            OpenIdProvider provider,
            ProvenIdentity proven,
            Visitor visitor,
            Destination.HandOff handOff) {
        Welcome welcome = aftermath.welcome();
        Admission admission = aftermath.dispatcher().recognise(proven, visitor);
        return admission instanceof Admission.Recognised(var account, _)
                ? aftermath
                        .errand()
                        .begin(
                                provider,
                                visitor,
                                new Onward.ToCode(handOff.link(), account.id(), account.epoch()))
                        .orElseGet(() -> welcome.showCode(handOff.link(), account, PROOF, visitor))
                : welcome.refusal(admission, visitor, handOff);
    }

    /// The answer came a second time (the browser's "back"), too late, or in another browser. Who
    /// is signed in anyhow goes on; nobody is signed in by it.
    ///
    /// No authentication failure: a page of somebody else can have any browser open this address.
    private Response stale(Visitor visitor) {
        if (insiders.find(visitor).isPresent()) {
            return Response.redirect(visitor.origin().resolve("/"));
        }
        return refusedAsStale(visitor);
    }

    private Response refusedAsStale(Visitor visitor) {
        aftermath.refusals().note(visitor, WayIn.PROVIDER, "", RefusalReason.STALE_CALLBACK);
        return AdmissionPages.stale(visitor.reference());
    }
}
