package dev.vestibule.admission;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.ChoiceField;
import dev.vestibule.http.Page.Part.CodeField;
import dev.vestibule.http.Page.Part.Field;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.secret.Secret;

import java.util.ArrayList;
import java.util.List;

/// The pages about second factors, for every way in that may have to ask for one.
public final class SecondFactorPages {

    private static final String TEN_MINUTES = "600";

    private SecondFactorPages() {}

    /// @param action the path that takes the answer
    /// @param question names the question
    /// @param isAgain whether the last answer was wrong
    public record Form(String action, Secret question, MfaStep step, boolean isAgain) {}

    /// @param formTargets where the browser may be sent after the answer, as CSP has it
    public static Response ask(Form form, List<String> formTargets) {
        boolean isChoice = form.step().asksForModule();
        List<Part> parts = new ArrayList<>();
        if (form.isAgain()) {
            parts.add(new Alert(text("login.mfa.wrong")));
        }
        parts.add(new Paragraph(text(isChoice ? "login.mfa.which" : "login.mfa.text")));
        parts.add(
                new Part.Form(
                        form.action(),
                        List.of(new Hidden("question", form.question().reveal())),
                        field(form.step()),
                        isChoice ? Text.nothing() : text("login.mfa.submit")));
        return Pages.answer(200, new Page(text("login.mfa.title"), parts, ""), formTargets);
    }

    private static Field field(MfaStep step) {
        return step.asksForModule()
                ? new ChoiceField("answer", options(step))
                : new CodeField("answer", text("login.mfa.label"));
    }

    private static List<Option> options(MfaStep step) {
        return step.modules().stream()
                .map(module -> new Option(module.id(), Text.verbatim(module.name())))
                .toList();
    }

    public static Response tooManyCodes(String reference) {
        return AdmissionPages.problem(
                        429,
                        "too-many-codes",
                        reference,
                        new Paragraph(text("login.too-many-codes.next")))
                .with("retry-after", TEN_MINUTES);
    }
}
