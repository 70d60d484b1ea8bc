package dev.vestibule.passkey;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.passkey.Owners.Entry;
import dev.vestibule.passkey.PasskeyPages.Notice;
import dev.vestibule.passkey.RegistrationCeremony.Enroller;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

/// `GET /auth/vestibule/passkeys`: somebody's passkeys, and how to add one. `POST` adds it.
final class PasskeysHandler implements Handler {

    private final Owners owners;
    private final CredentialStore credentials;
    private final RegistrationCeremony ceremony;
    private final AddressLimiter limiter;
    private final RefusedEnrolments refused;

    PasskeysHandler(
            Owners owners,
            CredentialStore credentials,
            RegistrationCeremony ceremony,
            AddressLimiter limiter,
            RefusedEnrolments refused) {
        this.owners = owners;
        this.credentials = credentials;
        this.ceremony = ceremony;
        this.limiter = limiter;
        this.refused = refused;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        return switch (owners.enter(visitor, PasskeyPaths.LIST)) {
            case Entry.TurnedAway(var answer) -> answer;
            case Entry.Owner owner ->
                    request.method().equals("POST")
                            ? add(request, visitor, owner)
                            : show(owner, Notice.of(request.query().single("done").orElse("")));
        };
    }

    private Response show(Entry.Owner owner, Notice notice) {
        return PasskeyPages.list(credentials.allOf(owner.insider().account().id()), owner, notice);
    }

    /// Attack: a form on another site that adds the attacker's key.
    private Response add(Request request, Visitor visitor, Entry.Owner owner) {
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        if (owner.isByNewPasskey()) {
            return PasskeyPages.byNewPasskey(visitor.reference());
        }
        if (!owner.isFresh()) {
            return PasskeyPages.notFresh(owner, PasskeyPaths.LIST, visitor.reference());
        }
        if (!limiter.tryTake(visitor.client())) {
            return AdmissionPages.tooMany(visitor.reference());
        }
        Enroller who = Enroller.of(owner.insider(), visitor);
        String name = PasskeyName.of(request.form().single("name").orElse(""));
        String answer = request.form().single("answer").orElse("");
        return switch (ceremony.finish(owner.site(), who, name, answer)) {
            case Verified.Accepted<CredentialRecord> _ ->
                    Response.redirect(visitor.origin().resolve(Notice.ADDED.address()));
            case Verified.Refused<CredentialRecord>(var reason) -> {
                refused.note(who, visitor, reason);
                yield PasskeyPages.notAdded(reason, visitor.reference());
            }
        };
    }
}
