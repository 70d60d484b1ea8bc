package dev.vestibule.local;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Paths;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.ChoiceField;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LesserButton;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Part.PasswordField;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.TextField;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.secret.Secret;

import java.util.ArrayList;
import java.util.List;

/// The pages and parts of pages of this room. A wrong name and a wrong password read alike.
final class LocalPages {

    private LocalPages() {}

    /// What the sign-in page shows.
    static List<Part> offer(Secret choice) {
        return List.of(new Paragraph(text("local.offer")), form(LocalPaths.SIGN_IN, choice));
    }

    private static Form form(String action, Secret choice) {
        return new Form(
                action,
                List.of(new Hidden("choice", choice.reveal())),
                List.of(
                        new TextField("username", text("local.username"), "username"),
                        new PasswordField("password", text("local.password"))),
                text("local.submit"));
    }

    /// @param formTargets where the browser may be sent after the answer
    static Response wrong(String action, Secret choice, List<String> formTargets) {
        return Pages.answer(
                403,
                Page.of(text("local.title"), new Alert(text("local.wrong")), form(action, choice)),
                formTargets);
    }

    /// Asks for a login whose user somebody wants to keep.
    ///
    /// @param person what the account is called
    /// @param isOnTheWay whether they came here on their way to somewhere, and may go on without
    static Response link(
            String person, Secret choice, boolean isOnTheWay, List<String> formTargets) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("local.link.text", person)));
        parts.add(form(Paths.LINK, choice));
        if (isOnTheWay) {
            parts.add(new Heading(text("local.link.none.title")));
            parts.add(
                    new Form(
                            Paths.LINK,
                            List.of(new Hidden("choice", choice.reveal())),
                            new ChoiceField(
                                    "login",
                                    List.of(),
                                    List.of(new Option("none", text("local.link.none.button")))),
                            Text.nothing()));
            parts.add(new Quiet(text("local.link.none.text")));
        } else {
            parts.add(new LesserButton(text("local.link.stay"), "/"));
        }
        return Pages.answer(200, new Page(text("local.link.title"), parts, ""), formTargets);
    }

    /// @param key the messages `local.link.KEY.title` and `local.link.KEY.text`
    static Response notLinked(String key, String reference) {
        return Pages.answer(
                403,
                new Page(
                        text("local.link." + key + ".title"),
                        List.of(
                                new Paragraph(text("local.link." + key + ".text")),
                                new Button(text("login.to-start"), "/")),
                        reference));
    }

    static Response tooMany(Room room, String reference) {
        return Pages.answer(
                        429,
                        new Page(
                                text("local.too-many.title"),
                                List.of(
                                        new Paragraph(text("local.too-many." + key(room))),
                                        new Paragraph(text("local.too-many." + next(room)))),
                                reference))
                .with("retry-after", Long.toString(room.patience().toSeconds()));
    }

    private static String key(Room room) {
        return switch (room) {
            case NONE_FOR_THE_ADDRESS -> "address";
            case NONE_FOR_THE_NAME -> "name";
            case NONE_FOR_THE_FAMILIAR -> "familiar";
            case NONE_FOR_THE_ACCOUNT -> "account";
            case LEFT -> throw new IllegalStateException("there is room left");
        };
    }

    /// What goes on all the same.
    private static String next(Room room) {
        return room == Room.NONE_FOR_THE_FAMILIAR ? "familiar-next" : "next";
    }
}
