package dev.vestibule.login;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.AppDoor;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.SignInWish;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.client.Clients;
import dev.vestibule.config.HomeId;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import java.util.Map;

/// `GET /auth/authorize`: a client of this home asks for a code.
final class AuthorizeHandler implements Handler {

    private final LoginHomes homes;
    private final Map<HomeId, Clients> clients;
    private final Insiders insiders;
    private final FrontDesk desk;
    private final AppDoor apps;
    private final Answers answers;
    private final RefusalLog refusals;

    AuthorizeHandler(
            LoginHomes homes,
            Map<HomeId, Clients> clients,
            Insiders insiders,
            FrontDesk desk,
            AppDoor apps,
            Answers answers,
            RefusalLog refusals) {
        this.homes = homes;
        this.clients = Map.copyOf(clients);
        this.insiders = insiders;
        this.desk = desk;
        this.apps = apps;
        this.answers = answers;
        this.refusals = refusals;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        return switch (reader(request.home()).read(request.query(), request.client())) {
            case ClientRequestResult.Accepted(var client) -> receive(request, visitor, client);
            case ClientRequestResult.UnknownClient(var clientId) -> {
                refusals.noteProgram(visitor, clientId, RefusalReason.UNKNOWN_CLIENT);
                yield LoginPages.unknownClient(clientId, visitor.reference());
            }
            case ClientRequestResult.NoDocument(var clientId) -> {
                refusals.noteProgram(visitor, clientId, RefusalReason.NO_CLIENT_DOCUMENT);
                yield LoginPages.noClientDocument(clientId, visitor.reference());
            }
            case ClientRequestResult.TooMany() -> AdmissionPages.tooMany(visitor.reference());
            case ClientRequestResult.Malformed(var reason) -> {
                refusals.noteProgram(visitor, "", new Reason.Of(Reason.Family.MALFORMED, reason));
                yield LoginPages.malformed(reason, visitor.reference());
            }
        };
    }

    private ClientRequestReader reader(HomeId home) {
        Clients ofHome = clients.get(home);
        if (ofHome == null) {
            throw new IllegalStateException("no such home: " + home);
        }
        return new ClientRequestReader(homes.get(home).origins(), ofHome);
    }

    /// By what a client is received, before its person is known. What it needs of them afterwards
    /// is asked by `admission.Arrival`.
    private Response receive(Request request, Visitor visitor, ClientRequest client) {
        return switch (client.kind()) {
            case APP -> apps.receive(visitor, client);
            case OWN, VOICE, DOCUMENT, OTHER -> receive(request, visitor, wish(request, client));
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
