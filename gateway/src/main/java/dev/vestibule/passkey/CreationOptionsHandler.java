package dev.vestibule.passkey;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.RecentProof;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.passkey.Owners.Entry;
import dev.vestibule.passkey.RegistrationCeremony.Enroller;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

/// `POST /auth/vestibule/passkey/creation-options`: what our script asks an authenticator for that
/// is to make a passkey.
final class CreationOptionsHandler implements Handler {

    private final Owners owners;
    private final RegistrationCeremony ceremony;
    private final AddressLimiter limiter;

    CreationOptionsHandler(Owners owners, RegistrationCeremony ceremony, AddressLimiter limiter) {
        this.owners = owners;
        this.ceremony = ceremony;
        this.limiter = limiter;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!OriginCheck.isOwn(visitor)) {
            return OptionsAnswers.refused(request, 403, text("passkey.options.refused"));
        }
        return switch (owners.enter(visitor, PasskeyPaths.LIST)) {
            case Entry.TurnedAway(var page) ->
                    OptionsAnswers.refused(
                            request,
                            page.status() == 404 ? 404 : 403,
                            text("passkey.options.sign-in"));
            case Entry.Owner owner -> options(request, visitor, owner);
        };
    }

    private Response options(Request request, Visitor visitor, Entry.Owner owner) {
        if (owner.isByNewPasskey()) {
            return OptionsAnswers.refused(request, 403, text("passkey.add.by-new"));
        }
        if (!owner.isFresh()) {
            return OptionsAnswers.refused(request, 403, RecentProof.why(owner.insider().session()));
        }
        if (!limiter.tryTake(visitor.client())) {
            return OptionsAnswers.tooMany(request);
        }
        Enroller who = Enroller.of(owner.insider(), visitor);
        return ceremony.begin(owner.site(), who)
                .map(options -> Response.json(200, options))
                .orElseGet(() -> OptionsAnswers.tooMany(request));
    }
}
