package dev.vestibule.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/// What is said where a request cannot be served: a short sentence, with a reference number that
/// the log carries too. Programs get JSON in Home Assistant's own form or in SCIM's, people a page.
public final class Problems {

    /// RFC 7644 section 3.1.
    public static final String SCIM_JSON = "application/scim+json";

    private static final String SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

    private Problems() {}

    /// Answers in the form that fits the path. Programs are answered in English.
    ///
    /// @param sentence what may be shown; no raw error text
    /// @param reference the id of the request
    public static Response answer(ProblemForm form, int status, Text sentence, String reference) {
        return switch (form) {
            case PAGE -> page(status, sentence, reference);
            case API -> json(status, sentence.in(Language.ENGLISH));
            case SCIM ->
                    scim(status, "", sentence.in(Language.ENGLISH) + " Reference: " + reference);
        };
    }

    /// RFC 7644 section 3.12.
    ///
    /// @param type the `scimType`; empty where the status says it all
    public static Response scim(int status, String type, String detail) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.putArray("schemas").add(SCIM_ERROR);
        error.put("status", Integer.toString(status));
        if (!type.isEmpty()) {
            error.put("scimType", type);
        }
        error.put("detail", detail);
        return Response.json(status, error).replacing("content-type", SCIM_JSON);
    }

    /// `{"message": "..."}`, as Home Assistant answers on its API.
    public static Response json(int status, String sentence) {
        return Response.json(
                status, JsonNodeFactory.instance.objectNode().put("message", sentence));
    }

    /// The sentence as a page, with the reference number and the way back.
    public static Response page(int status, Text sentence, String reference) {
        Page page =
                new Page(
                        sentence,
                        List.of(new Page.Part.Button(Messages.text("problem.home"), "/")),
                        reference);
        return Pages.answer(status, page);
    }
}
