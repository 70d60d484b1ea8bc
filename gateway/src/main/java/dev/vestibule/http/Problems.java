package dev.vestibule.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

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

    /// One sentence and the reference number.
    public static Response page(int status, String sentence, String reference) {
        return Response.html(
                status,
                """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Vestibule</title></head>
                <body><main><p>%s</p><p>Reference: %s</p></main></body>
                </html>
                """
                        .formatted(escape(sentence), escape(reference)));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
