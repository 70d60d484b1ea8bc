package dev.vestibule.handoff;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.admission.Paths;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Code;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.secret.ShortCode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a browser shows that signs in for an app on another screen. The app's own page is
/// [AppPage].
final class HandOffPages {

    private HandOffPages() {}

    /// Who opened the address of a hand-off hears first what it is for.
    ///
    /// @param next where the person proves who they are
    static Response link(HandOff handOff, String next, Instant now) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("handoff.link.text")));
        parts.addAll(facts(handOff, now));
        parts.add(new Alert(text("handoff.link.warning")));
        parts.add(new Button(text("handoff.link.button"), next));
        return Pages.answer(200, new Page(text("handoff.link.title"), parts, ""));
    }

    static Response code(HandOff handOff, ShortCode code, Account account, Instant now) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("handoff.code.text", account.displayName(), minutes())));
        parts.add(new Code(text("handoff.code.label"), code.grouped()));
        parts.add(new Alert(text("handoff.code.warning")));
        parts.addAll(facts(handOff, now));
        parts.add(new Quiet(text("handoff.code.next")));
        return Pages.answer(200, new Page(text("handoff.code.title"), parts, ""));
    }

    private static int minutes() {
        return (int) HandOffStore.CODE_LIFETIME.toMinutes();
    }

    /// What tells an app of one's own from a stranger's.
    private static List<Part> facts(HandOff handOff, Instant now) {
        return List.of(
                new Fact(text("handoff.fact.app"), appName(handOff)),
                new Fact(text("handoff.fact.device"), deviceName(handOff)),
                new Fact(text("handoff.fact.address"), Text.verbatim(handOff.address())),
                new Fact(
                        text("handoff.fact.since"),
                        text("handoff.fact.minutes", (int) handOff.ageAt(now).toMinutes())));
    }

    private static Text appName(HandOff handOff) {
        return Text.verbatim(handOff.app().clientName());
    }

    private static Text deviceName(HandOff handOff) {
        return handOff.device().isEmpty()
                ? text("handoff.fact.device-unknown")
                : Text.verbatim(handOff.device());
    }

    /// In the app's own page, where its web view could stay with the provider: one click is left.
    static Response consent(HandOff handOff, ShortCode code, Account account) {
        Page page =
                Page.of(
                        text("handoff.consent.title"),
                        new Paragraph(text("handoff.consent.text", account.displayName())),
                        new Fact(text("handoff.fact.app"), appName(handOff)),
                        new Fact(text("handoff.fact.device"), deviceName(handOff)),
                        new Form(
                                Paths.HAND_OFF,
                                List.of(
                                        new Hidden("link", handOff.link().value()),
                                        new Hidden("code", code.value())),
                                List.of(),
                                text("handoff.consent.submit")));
        return Pages.answer(200, page, List.of(handOff.app().formTarget()));
    }

    /// It ran out, is finished, or belongs to another browser. 200, because apps show a page of
    /// their own in place of one that comes with an error.
    static Response over(String reference) {
        return Pages.answer(
                200,
                new Page(
                        text("handoff.over.title"),
                        List.of(new Paragraph(text("handoff.over.text"))),
                        reference));
    }

    /// Somebody else holds a code for the same app.
    static Response taken(String reference) {
        return Pages.answer(
                200,
                new Page(
                        text("handoff.taken.title"),
                        List.of(new Alert(text("handoff.taken.text", minutes()))),
                        reference));
    }

    /// As [#over], after too many wrong codes.
    static Response tooManyTries(String reference) {
        return Pages.answer(
                200,
                new Page(
                        text("handoff.tries.title"),
                        List.of(new Paragraph(text("handoff.tries.text"))),
                        reference));
    }
}
