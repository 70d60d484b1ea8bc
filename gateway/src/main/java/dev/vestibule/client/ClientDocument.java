package dev.vestibule.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.oidc.StrictJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a program says about itself (draft-ietf-oauth-client-id-metadata-document, RFC 7591).
///
/// @param name made fit to be shown; empty text where it says none
/// @param redirects as written
record ClientDocument(String name, List<Redirect> redirects) {

    /// Longer names would push what matters out of sight.
    static final int NAME_MAX = 60;

    private static final int REDIRECTS_MAX = 100;

    ClientDocument {
        redirects = List.copyOf(redirects);
    }

    /// Section 4 of the draft, in order.
    ///
    /// @param clientId the address that the document came from
    static Optional<ClientDocument> read(byte[] body, String clientId) {
        return StrictJson.object(body)
                // 4.1: it says where it lies, compared as text.
                .filter(document -> clientId.equals(text(document, "client_id")))
                // 4.1: it holds no secret, and needs none; ours is the method "none".
                .filter(ClientDocument::isOfPublicClient)
                .map(
                        document ->
                                new ClientDocument(
                                        shown(text(document, "client_name")),
                                        redirects(document.path("redirect_uris"))));
    }

    private static boolean isOfPublicClient(ObjectNode document) {
        String method = text(document, "token_endpoint_auth_method");
        return !document.has("client_secret")
                && !document.has("client_secret_expires_at")
                && (method.isEmpty() || method.equals("none"));
    }

    private static List<Redirect> redirects(JsonNode list) {
        List<Redirect> redirects = new ArrayList<>();
        for (JsonNode one : list) {
            if (one.isTextual() && redirects.size() < REDIRECTS_MAX) {
                Redirect.parse(one.textValue()).ifPresent(redirects::add);
            }
        }
        return redirects;
    }

    /// Exactly one of those it names. On the person's own machine the port is whatever was free
    /// (RFC 8252 section 7.3).
    boolean mayLeadTo(Redirect asked) {
        return redirects.stream().anyMatch(one -> one.isSameAs(asked));
    }

    private static String text(ObjectNode node, String member) {
        String value = node.path(member).textValue();
        return value == null ? "" : value;
    }

    /// Attack: letters that turn the reading direction around, or a name that fills the page.
    private static String shown(String name) {
        String plain =
                name.codePoints()
                        .filter(ClientDocument::isVisible)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        return plain.codePointCount(0, plain.length()) <= NAME_MAX
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, NAME_MAX)) + "…";
    }

    private static boolean isVisible(int c) {
        return ForeignText.isPlain(c)
                && switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
                    default -> true;
                };
    }
}
