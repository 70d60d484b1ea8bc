package dev.vestibule.login;

import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

/// `GET /auth/authorize`: a client of this home asks for a code.
final class AuthorizeHandler implements Handler {

    private final LoginHomes homes;
    private final Insiders insiders;
    private final FrontDesk desk;
    private final Answers answers;
    private final RefusalLog refusals;

    AuthorizeHandler(
            LoginHomes homes,
            Insiders insiders,
            FrontDesk desk,
            Answers answers,
            RefusalLog refusals) {
        this.homes = homes;
        this.insiders = insiders;
        this.desk = desk;
        this.answers = answers;
        this.refusals = refusals;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        return switch (ClientRequestReader.read(
                request.query(), homes.get(request.home()).origins())) {
            case ClientRequestResult.Accepted(var client) ->
                    receive(request, visitor, wish(request, client));
            case ClientRequestResult.UnknownClient(var clientId) -> {
                refusals.note(visitor, clientId, "unknown-client");
                yield LoginPages.unknownClient(clientId, visitor.reference());
            }
            case ClientRequestResult.Malformed(var reason) -> {
                refusals.note(visitor, "", "malformed-" + reason);
                yield LoginPages.malformed(reason, visitor.reference());
            }
        };
    }

    /// OIDC Core section 3.1.2.1 has the words; whoever was refused uses them to come as somebody
    /// else.
    private static SignInWish wish(Request request, ClientRequest client) {
        Prompt prompt =
                request.query().single("prompt").orElse("").equals("select_account")
                        ? Prompt.SELECT_ACCOUNT
                        : Prompt.AS_NEEDED;
        return new SignInWish(new Destination.Client(client), prompt);
    }

    private Response receive(Request request, Visitor visitor, SignInWish wish) {
        return answers.to(
                desk.receive(visitor, insiders.find(visitor), wish, SignedOutMark.isOver(request)),
                visitor,
                wish);
    }
}
