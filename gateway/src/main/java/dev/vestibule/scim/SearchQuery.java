package dev.vestibule.scim;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.http.Parameters;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.resource.ScimLimits;
import dev.vestibule.resource.Selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a search asks for, in a query or in a body (RFC 7644 sections 3.4.2 and 3.4.3).
///
/// @param startIndex of the first resource of the page, from 1
/// @param count how many the page has at most; 0 for the total alone
/// @param attributes the names to show; none for all
/// @param excluded the names to leave out
record SearchQuery(
        Optional<String> filter,
        long startIndex,
        int count,
        List<String> attributes,
        List<String> excluded) {

    SearchQuery {
        attributes = List.copyOf(attributes);
        excluded = List.copyOf(excluded);
    }

    static final int COUNT_UNLESS_SAID = 100;

    private static final String ATTRIBUTES = "attributes";
    private static final String EXCLUDED = "excludedAttributes";

    /// @throws ScimError where a number is none
    static SearchQuery of(Parameters query) {
        return new SearchQuery(
                query.single("filter").filter(text -> !text.isBlank()),
                startIndex(query.single("startIndex")),
                count(query.single("count")),
                names(query, ATTRIBUTES),
                names(query, EXCLUDED));
    }

    /// @throws ScimError where the body is no search
    static SearchQuery of(JsonNode body) {
        if (!body.isObject()) {
            throw ScimError.invalidSyntax("A search is an object.");
        }
        return new SearchQuery(
                text(body, "filter").filter(text -> !text.isBlank()),
                startIndex(text(body, "startIndex")),
                count(text(body, "count")),
                names(body, ATTRIBUTES),
                names(body, EXCLUDED));
    }

    private static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isContainerNode()) {
            throw ScimError.invalidValue(name + " must be one value.");
        }
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(value.asText());
    }

    private static List<String> names(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isArray()) {
            return Selection.names(text(body, name).orElse(""));
        }
        List<String> names = new ArrayList<>();
        value.forEach(element -> names.add(element.asText()));
        return names;
    }

    private static List<String> names(Parameters query, String name) {
        return Selection.names(query.single(name).orElse(""));
    }

    /// A value less than 1 means 1.
    private static long startIndex(Optional<String> text) {
        return Math.max(1, text.map(digits -> number("startIndex", digits)).orElse(1L));
    }

    /// A value less than 0 means 0.
    private static int count(Optional<String> text) {
        long wanted = text.map(digits -> number("count", digits)).orElse((long) COUNT_UNLESS_SAID);
        return Math.clamp(wanted, 0, ScimLimits.RESULTS_MAX);
    }

    private static long number(String name, String text) {
        if (!text.matches("[+-]?[0-9]{1,18}")) {
            throw ScimError.invalidValue(name + " must be a whole number.");
        }
        return Long.parseLong(text);
    }

    Selection selection(ResourceKind kind) {
        return Selection.of(kind, attributes, excluded);
    }

    static Selection selection(Parameters query, ResourceKind kind) {
        return Selection.of(kind, names(query, ATTRIBUTES), names(query, EXCLUDED));
    }

    static boolean asksForAttributes(ScimRequest request) {
        return request.http().query().single(ATTRIBUTES).isPresent();
    }
}
