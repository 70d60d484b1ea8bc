package dev.vestibule.passkey;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Language;
import dev.vestibule.http.Problems;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;

/// What our script hears where it gets no options; it shows the sentence.
final class OptionsAnswers {

    private OptionsAnswers() {}

    static Response refused(Request request, int status, Text sentence) {
        return Problems.json(status, sentence.in(Language.accepted(request.headers())));
    }

    static Response tooMany(Request request) {
        return refused(request, 429, text("login.too-many.text")).with("retry-after", "60");
    }
}
