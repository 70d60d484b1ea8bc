package dev.vestibule.passkey;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.passkey.Owners.Entry;
import dev.vestibule.passkey.PasskeyChanges.Changer;
import dev.vestibule.passkey.PasskeyPages.Notice;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `GET /auth/vestibule/passkeys/ID`: one passkey. `POST` renames or removes it.
final class PasskeyHandler implements Handler {

    private final Owners owners;
    private final CredentialStore credentials;
    private final PasskeyChanges changes;

    PasskeyHandler(Owners owners, CredentialStore credentials, PasskeyChanges changes) {
        this.owners = owners;
        this.credentials = credentials;
        this.changes = changes;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        PasskeyId id = new PasskeyId(request.target().segments().getLast());
        return switch (owners.enter(visitor, PasskeyPaths.LIST)) {
            case Entry.TurnedAway(var answer) -> answer;
            case Entry.Owner owner ->
                    find(owner, id)
                            .map(passkey -> handle(request, visitor, owner, passkey))
                            .orElseGet(() -> PasskeyPages.gone(visitor.reference()));
        };
    }

    private Optional<CredentialRecord> find(Entry.Owner owner, PasskeyId id) {
        return credentials.allOf(owner.insider().account().id()).stream()
                .filter(passkey -> passkey.id().equals(id))
                .findFirst();
    }

    private Response handle(
            Request request, Visitor visitor, Entry.Owner owner, CredentialRecord passkey) {
        if (!request.method().equals("POST")) {
            return PasskeyPages.one(passkey, owner);
        }
        // Attack: a form on another site that removes somebody's keys.
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        Changer who = Changer.of(owner.insider(), visitor);
        return switch (request.form().single("do").orElse("")) {
            case "rename" -> {
                String name = PasskeyName.of(request.form().single("name").orElse(""));
                yield changed(visitor, changes.rename(who, passkey.id(), name), Notice.RENAMED);
            }
            case "remove" ->
                    owner.isFresh()
                            ? changed(visitor, changes.remove(who, passkey.id()), Notice.REMOVED)
                            : PasskeyPages.notFresh(
                                    owner, PasskeyPaths.of(passkey.id()), visitor.reference());
            default -> AdmissionPages.badRequest(visitor.reference());
        };
    }

    private static Response changed(Visitor visitor, boolean isDone, Notice notice) {
        return isDone
                ? Response.redirect(visitor.origin().resolve(notice.address()))
                : PasskeyPages.gone(visitor.reference());
    }
}
