package dev.vestibule.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.List;

/// What is said where a request cannot be served: a short sentence, with a reference number that
/// the log carries too. Programs get JSON in Home Assistant's own form, people a page.
public final class Problems {

    private Problems() {}

    /// Answers in the form that fits the path.
    ///
    /// @param isForProgram true for the paths under `/api`
    /// @param sentence what may be shown; no raw error text
    /// @param reference the id of the request
    public static Response answer(
            boolean isForProgram, int status, String sentence, String reference) {
        return isForProgram ? json(status, sentence) : page(status, sentence, reference);
    }

    /// `{"message": "..."}`, as Home Assistant answers on its API.
    public static Response json(int status, String sentence) {
        return Response.json(
                status, JsonNodeFactory.instance.objectNode().put("message", sentence));
    }

    /// The sentence as a page, with the reference number and the way back.
    public static Response page(int status, String sentence, String reference) {
        Page page =
                new Page(
                        sentence,
                        List.of(new Page.Part.Button(Messages.text("problem.home"), "/")),
                        reference);
        return Pages.answer(status, page);
    }
}
