package dev.vestibule.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.Origin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The `state` of Home Assistant's front end is not opaque: it is base64 of JSON, and its `hassUrl`
/// is where the front end takes the authorization code to. Front ends before 2023.9 take it to
/// whatever stands there (CVE-2023-41893); with single sign-on a link would then be all that it
/// takes to be given somebody's account. So it must name this home.
///
/// Every other state is the client's own business.
final class FrontEndState {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What `atob` of a browser skips (Infra standard, forgiving-base64 decode).
    private static final Pattern SKIPPED = Pattern.compile("[\\t\\n\\f\\r ]");

    private FrontEndState() {}

    /// @param origins of the home
    static boolean leadsHome(String state, List<Origin> origins) {
        return decoded(state).map(text -> isOf(text, origins)).orElse(true);
    }

    private static Optional<String> decoded(String state) {
        try {
            byte[] bytes = Base64.getDecoder().decode(SKIPPED.matcher(state).replaceAll(""));
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// What begins as an object and cannot be read here might still be read by a browser.
    private static boolean isOf(String text, List<Origin> origins) {
        if (!text.startsWith("{")) {
            return true;
        }
        try {
            return !(JSON.readTree(text) instanceof ObjectNode object)
                    || !object.has("hassUrl")
                    || isOf(object.path("hassUrl"), origins);
        } catch (JsonProcessingException unreadable) {
            return false;
        }
    }

    private static boolean isOf(JsonNode address, List<Origin> origins) {
        return address.isTextual()
                && Origin.parse(address.textValue()).filter(origins::contains).isPresent();
    }
}
