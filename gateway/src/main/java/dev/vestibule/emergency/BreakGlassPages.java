package dev.vestibule.emergency;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.TextField;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;

import java.util.List;

/// The pages of break-glass. Whether a code waits shows on none of them, but to whoever has it.
final class BreakGlassPages {

    private BreakGlassPages() {}

    static Response form() {
        return page(200, new Paragraph(text("break-glass.text")));
    }

    static Response wrong() {
        return page(403, new Alert(text("break-glass.wrong")));
    }

    private static Response page(int status, Part said) {
        return Pages.answer(
                status,
                Page.of(
                        text("break-glass.title"),
                        said,
                        new Form(
                                BreakGlass.PATH,
                                List.of(),
                                new TextField("code", text("break-glass.label"), "off"),
                                text("break-glass.submit")),
                        new Quiet(text("break-glass.alarmed"))));
    }

    static Response notFromHere(String reference) {
        return Pages.answer(
                403,
                new Page(
                        text("break-glass.away.title"),
                        List.of(
                                new Paragraph(text("break-glass.away.text")),
                                new Paragraph(text("break-glass.away.next"))),
                        reference));
    }
}
