package dev.vestibule.firstrun;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.ShortCodeField;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;

import java.util.List;

/// What is said to whoever is not in yet, or does not belong here.
final class DoorPages {

    private DoorPages() {}

    static Response code() {
        return code(200, new Paragraph(text("first-run.code.text")));
    }

    static Response wrong() {
        return code(403, new Alert(text("first-run.code.wrong")));
    }

    static Response replaced() {
        return code(403, new Alert(text("first-run.code.replaced")));
    }

    private static Response code(int status, Part said) {
        return Pages.answer(
                status,
                Page.of(
                        text("first-run.code.title"),
                        said,
                        new Form(
                                FirstRunDoor.PATH,
                                List.of(),
                                new ShortCodeField("code", text("first-run.code.label")),
                                text("first-run.code.submit")),
                        new Quiet(text("first-run.code.why"))));
    }

    static Response givenUp() {
        return said(403, "given-up");
    }

    static Response taken() {
        return said(403, "taken");
    }

    static Response over() {
        return said(410, "over");
    }

    static Response foreign() {
        return withWayBack(403, "foreign");
    }

    static Response unreadable() {
        return withWayBack(400, "unreadable");
    }

    static Response notFound() {
        return withWayBack(404, "not-found");
    }

    static Response arrived() {
        return said(200, "arrived");
    }

    static Response unexpected() {
        return said(400, "unexpected");
    }

    private static Response said(int status, String key) {
        return Pages.answer(
                status,
                Page.of(
                        text("first-run." + key + ".title"),
                        new Paragraph(text("first-run." + key + ".text"))));
    }

    private static Response withWayBack(int status, String key) {
        return Pages.answer(
                status,
                Page.of(
                        text("first-run." + key + ".title"),
                        new Paragraph(text("first-run." + key + ".text")),
                        new Button(text("first-run.back-to"), FirstRunDoor.PATH)));
    }
}
