package dev.vestibule.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.secret.Secret;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the browser says of the page that asked (WebAuthn section 5.8.1). Signed with the answer.
///
/// @param isFramed whether the page was, or may have been, in a frame of another site
record ClientData(String type, Challenge challenge, String origin, boolean isFramed) {

    static final String CREATE = "webauthn.create";
    static final String GET = "webauthn.get";

    /// Many browsers write less; some add members of their own.
    static final int BYTES_MAX = 4 * 1024;

    static Optional<ClientData> read(byte[] json) {
        return PasskeyJson.object(new String(json, StandardCharsets.UTF_8)).flatMap(ClientData::of);
    }

    private static Optional<ClientData> of(ObjectNode said) {
        Optional<String> type = PasskeyJson.text(said, "type");
        Optional<String> challenge = PasskeyJson.text(said, "challenge");
        Optional<String> origin = PasskeyJson.text(said, "origin");
        if (type.isEmpty() || challenge.isEmpty() || origin.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ClientData(
                        type.get(),
                        new Challenge(new Secret(challenge.get())),
                        origin.get(),
                        isFramed(said)));
    }

    /// What is neither absent nor a plain no is a yes.
    private static boolean isFramed(ObjectNode said) {
        JsonNode crossOrigin = said.path("crossOrigin");
        boolean isSameOrigin =
                crossOrigin.isMissingNode()
                        || (crossOrigin.isBoolean() && !crossOrigin.booleanValue());
        return !isSameOrigin || said.has("topOrigin");
    }

    /// What is wrong with it for a page of this site; empty for nothing.
    Optional<Refusal> refusal(String expectedType, PasskeySite site) {
        if (!type.equals(expectedType)) {
            return Optional.of(Refusal.TYPE);
        }
        if (!site.isOwn(origin)) {
            return Optional.of(Refusal.ORIGIN);
        }
        return isFramed ? Optional.of(Refusal.CROSS_ORIGIN) : Optional.empty();
    }
}
