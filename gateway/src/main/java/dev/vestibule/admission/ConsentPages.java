package dev.vestibule.admission;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Consents.Asked;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.ChoiceField;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Device;
import dev.vestibule.visit.Visitor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The pages about a client that wants access. What the client says about itself stands in
/// quotation marks, beside the host that a certificate proves.
///
/// None of our pages can be framed (attack: a transparent one over something else to click).
final class ConsentPages {

    static final String ALLOW = "allow";
    static final String REFUSE = "refuse";

    private final Origin home;
    private final Visitor visitor;

    ConsentPages(Origin home, Visitor visitor) {
        this.home = home;
        this.visitor = visitor;
    }

    Response ask(Secret id, Asked asked) {
        ClientRequest client = asked.client();
        List<Part> parts = new ArrayList<>();
        if (client.kind() == ClientKind.OTHER) {
            parts.add(new Alert(text("consent.stranger")));
        }
        parts.add(new Paragraph(text("consent.may", nameOf(client))));
        parts.add(new Fact(text("consent.program"), facts(client)));
        if (!client.formTarget().equals(client.clientOrigin().toString())) {
            parts.add(new Fact(text("consent.answer"), Text.verbatim(client.formTarget())));
        }
        parts.add(
                new Fact(
                        text("consent.person"),
                        text(
                                "consent.person-at",
                                asked.guest().account().displayName(),
                                home.authority())));
        parts.add(new Fact(text("consent.device"), askedAt()));
        if (client.kind() == ClientKind.OTHER) {
            parts.add(new Paragraph(text("consent.stranger.means")));
        }
        parts.add(form(id, client));
        parts.add(new Quiet(text("consent.quiet")));
        return Pages.answer(
                200,
                new Page(text("consent.title", nameOf(client)), parts, ""),
                client.leadsToWeb() ? List.of() : List.of(client.formTarget()));
    }

    /// The safe answer is the one that stands out where nobody vouches for the client.
    private static Form form(Secret id, ClientRequest client) {
        List<Option> allow = List.of(new Option(ALLOW, text("consent.allow", nameOf(client))));
        List<Option> refuse = List.of(new Option(REFUSE, text("consent.refuse")));
        return new Form(
                Paths.CONSENT,
                List.of(new Hidden("request", id.reveal())),
                client.kind() == ClientKind.OTHER
                        ? new ChoiceField("answer", refuse, allow)
                        : new ChoiceField("answer", allow, refuse),
                Text.nothing());
    }

    /// The device and the address that the question came to. Attack: a page in between shows ours
    /// to somebody else; the address is then the attacker's.
    private Text askedAt() {
        String device = Device.of(visitor.userAgent());
        return device.isEmpty()
                ? Text.verbatim(visitor.address())
                : text("consent.device-at", device, visitor.address());
    }

    /// What the page calls it: by a name that we know, or by the host. A name that it gave itself
    /// is a fact about it and no more.
    private static Text nameOf(ClientRequest client) {
        return switch (client.kind()) {
            case APP, VOICE -> Text.verbatim(client.clientName());
            case OWN, DOCUMENT, OTHER -> Text.verbatim(client.clientOrigin().authority());
        };
    }

    private static Text facts(ClientRequest client) {
        boolean namesItself =
                switch (client.kind()) {
                    case DOCUMENT, OTHER -> !client.clientName().isEmpty();
                    case OWN, APP, VOICE -> false;
                };
        return namesItself
                ? text("consent.calls-itself", client.clientName(), client.clientId())
                : Text.verbatim(client.clientId());
    }

    /// A page of its own between our form and the client's place: browsers hold every redirect
    /// after a form against the form's page, also those of the client's (CSP level 3 section
    /// 6.4.1.1).
    static Response leave(URI location, ClientRequest client) {
        Page page =
                new Page(
                        text("consent.leave.title"),
                        List.of(
                                new Paragraph(text("consent.leave.text", client.formTarget())),
                                new Button(text("consent.leave.button"), location.toString())),
                        "");
        return Pages.answer(200, page)
                .with("refresh", "0;url=" + location)
                // The address holds the code.
                .replacing("referrer-policy", "no-referrer");
    }

    static Response refused() {
        return Pages.answer(
                200,
                new Page(
                        text("consent.refused.title"),
                        List.of(
                                new Paragraph(text("consent.refused.text")),
                                new Button(text("consent.refused.button"), "/")),
                        ""));
    }

    /// A session that is not a person's own cannot give away what outlives it.
    static Response notFromHere(String reference) {
        return AdmissionPages.problem(403, "not-from-here", reference, AdmissionPages.toStart());
    }
}
