package dev.vestibule.passkey;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Paths;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Fact;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Device;

import java.util.Date;
import java.util.List;

/// The pages about a passkey that its person may not know of.
final class NewPasskeyPages {

    private NewPasskeyPages() {}

    /// @param choice where the person wanted to be
    static Response ask(
            String person, NewPasskey passkey, Secret choice, List<String> formTargets) {
        return Pages.answer(
                200,
                Page.of(
                        text("passkey.new.title"),
                        new Paragraph(text("passkey.new.text", person)),
                        new Fact(text("passkey.new.name"), Text.verbatim(passkey.name())),
                        new Fact(
                                text("passkey.new.since"),
                                text("passkey.new.at", Date.from(passkey.addedAt()))),
                        new Fact(text("passkey.new.address"), Text.verbatim(passkey.address())),
                        new Fact(
                                text("passkey.new.device"),
                                Text.verbatim(Device.of(passkey.device()))),
                        form(passkey, choice, "mine"),
                        new Heading(text("passkey.new.not-mine.title")),
                        new Paragraph(text("passkey.new.not-mine.text")),
                        form(passkey, choice, "not-mine")),
                formTargets);
    }

    private static Part form(NewPasskey passkey, Secret choice, String word) {
        return new Form(
                PasskeyPaths.NEW,
                List.of(
                        new Hidden("passkey", passkey.id().value()),
                        new Hidden("choice", choice.reveal()),
                        new Hidden("do", word)),
                List.of(),
                text("passkey.new." + word + ".button"));
    }

    static Response disowned() {
        return Pages.answer(
                200,
                Page.of(
                        text("passkey.disowned.title"),
                        new Paragraph(text("passkey.disowned.text")),
                        new Button(text("passkey.disowned.button"), Paths.signIn("/"))));
    }
}
