package dev.vestibule.admission;

import dev.vestibule.admission.Consents.Asked;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.List;

/// `GET` and `POST /auth/vestibule/consent`: whether a client may have access, and the answer.
public final class ConsentHandler implements Handler {

    private final LoginHomes homes;
    private final Insiders insiders;
    private final Consents consents;
    private final Welcome welcome;

    ConsentHandler(LoginHomes homes, Insiders insiders, Consents consents, Welcome welcome) {
        this.homes = homes;
        this.insiders = insiders;
        this.consents = consents;
        this.welcome = welcome;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        return request.method().equals("POST")
                ? answer(visitor, request.form())
                : ask(visitor, new Secret(request.query().single("request").orElse("")));
    }

    private Response ask(Visitor visitor, Secret id) {
        return consents.find(id, visitor, Holders.of(visitor, insiders))
                .map(asked -> page(visitor, id, asked))
                .orElseGet(() -> AdmissionPages.stale(visitor.reference()));
    }

    private Response page(Visitor visitor, Secret id, Asked asked) {
        return new ConsentPages(homes.get(visitor.home()).canonical(), visitor).ask(id, asked);
    }

    private Response answer(Visitor visitor, Parameters form) {
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        Secret id = new Secret(form.single("request").orElse(""));
        List<Holder> holders = Holders.of(visitor, insiders);
        return switch (form.single("answer").orElse("")) {
            case ConsentPages.ALLOW ->
                    consents.answer(id, visitor, holders, true)
                            .map(
                                    asked ->
                                            welcome.arriveAllowed(
                                                    asked.guest(), visitor, asked.client()))
                            .orElseGet(() -> AdmissionPages.stale(visitor.reference()));
            case ConsentPages.REFUSE ->
                    consents.answer(id, visitor, holders, false)
                            .map(asked -> refused(visitor, asked.client()))
                            .orElseGet(() -> AdmissionPages.stale(visitor.reference()));
            default -> AdmissionPages.badRequest(visitor.reference());
        };
    }

    /// RFC 6749 section 4.1.2.1. A client that nobody listed hears nothing: the person has just
    /// said that they do not trust it.
    private Response refused(Visitor visitor, ClientRequest client) {
        if (client.kind() == ClientKind.OTHER) {
            return ConsentPages.refused();
        }
        return welcome.leave(
                visitor, client, client.refusal(homes.get(visitor.home()).canonical()));
    }
}
