package dev.vestibule.kiosk;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Assets;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.kiosk.KioskPending.Waiting;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.visit.Device;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/// The pages of tablets and of whoever approves them.
final class KioskPages {

    private KioskPages() {}

    /// What the sign-in page shows on a tablet: its script goes on by itself where the browser
    /// holds a key already.
    static List<Part> offer(String kiosk, Secret choice, boolean goesByItself) {
        Part.Button button = new Part.Button(text("kiosk.offer", kiosk), KioskPaths.signIn(choice));
        return goesByItself
                ? List.of(
                        new Part.Live(
                                Assets.KIOSK_SCRIPT,
                                "kiosk-offer",
                                Map.of("address", Text.verbatim(KioskPaths.signIn(choice))),
                                List.of(button)))
                : List.of(button);
    }

    /// Asks a person who is signed in whether the tablet shall take their place.
    static Response takeOver(String kiosk, String person, String choice) {
        return Pages.answer(
                200,
                Page.of(
                        text("kiosk.take-over.title", person),
                        new Part.Paragraph(text("kiosk.take-over.text", kiosk)),
                        new Part.Form(
                                KioskPaths.SIGN_IN,
                                List.of(new Part.Hidden("choice", choice)),
                                List.of(),
                                text("kiosk.offer", kiosk))));
    }

    /// The page whose script proves that the browser holds the key.
    static Response prove(
            String kiosk, String home, Secret challenge, String choice, List<String> targets) {
        return Pages.answer(
                200,
                Page.of(
                        text("kiosk.prove.title", kiosk),
                        new Part.Paragraph(text("kiosk.prove.text")),
                        new Part.Live(
                                Assets.KIOSK_SCRIPT,
                                "kiosk-prove",
                                Map.of(
                                        "action",
                                        Text.verbatim(KioskPaths.SIGN_IN),
                                        "challenge",
                                        Text.verbatim(challenge.reveal()),
                                        "home",
                                        Text.verbatim(home),
                                        "choice",
                                        Text.verbatim(choice)),
                                List.of(new Part.Quiet(text("kiosk.prove.script"))))),
                targets);
    }

    /// What the tablet shows until an administrator has typed the code.
    static Response code(String kiosk, ShortCode code, String approveAt, String again) {
        return Pages.answer(
                200,
                Page.of(
                        text("kiosk.code.title", kiosk),
                        new Part.Paragraph(text("kiosk.code.text", approveAt)),
                        new Part.Code(text("kiosk.code.label"), code.grouped()),
                        new Part.Button(text("kiosk.code.continue"), again),
                        new Part.Quiet(text("kiosk.code.minutes"))));
    }

    /// An administrator is asked for the code.
    static Response ask(boolean isWrong) {
        List<Part> parts = new ArrayList<>();
        if (isWrong) {
            parts.add(new Part.Alert(text("kiosk.approve.wrong")));
        }
        parts.add(new Part.Paragraph(text("kiosk.approve.text")));
        parts.add(
                new Part.Form(
                        KioskPaths.APPROVE,
                        List.of(),
                        new Part.TextField("code", text("kiosk.code.label"), "off"),
                        text("kiosk.approve.look")));
        return Pages.answer(isWrong ? 400 : 200, new Page(text("kiosk.approve.title"), parts, ""));
    }

    /// What is about to be approved, so that nobody is talked into typing a stranger's code.
    static Response confirm(Waiting waiting, ShortCode code) {
        return Pages.answer(
                200,
                Page.of(
                        text("kiosk.confirm.title", waiting.kiosk()),
                        new Part.Paragraph(text("kiosk.confirm.text")),
                        new Part.Fact(text("kiosk.confirm.kiosk"), Text.verbatim(waiting.kiosk())),
                        new Part.Fact(
                                text("kiosk.confirm.address"), Text.verbatim(waiting.address())),
                        new Part.Fact(
                                text("kiosk.confirm.device"),
                                Text.verbatim(Device.of(waiting.device()))),
                        new Part.Fact(
                                text("kiosk.confirm.since"),
                                text("kiosk.confirm.at", Date.from(waiting.createdAt()))),
                        new Part.Code(text("kiosk.code.label"), code.grouped()),
                        new Part.Form(
                                KioskPaths.APPROVE,
                                List.of(
                                        new Part.Hidden("code", code.value()),
                                        new Part.Hidden("confirmed", "yes")),
                                List.of(),
                                text("kiosk.confirm.submit")),
                        new Part.LesserButton(text("kiosk.confirm.cancel"), KioskPaths.APPROVE)));
    }

    static Response approved(String kiosk) {
        return Pages.answer(
                200,
                Page.of(
                        text("kiosk.approved.title", kiosk),
                        new Part.Paragraph(text("kiosk.approved.text"))));
    }

    /// @param key the messages `kiosk.KEY.title` and `kiosk.KEY.text`
    static Response problem(int status, String key, String reference, Part... more) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Paragraph(text("kiosk." + key + ".text")));
        parts.addAll(List.of(more));
        return Pages.answer(status, new Page(text("kiosk." + key + ".title"), parts, reference));
    }
}
