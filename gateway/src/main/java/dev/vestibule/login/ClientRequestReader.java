package dev.vestibule.login;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Parameters;
import dev.vestibule.login.ClientRequestResult.Accepted;
import dev.vestibule.login.ClientRequestResult.Malformed;
import dev.vestibule.login.ClientRequestResult.UnknownClient;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads and checks an authorization request (RFC 6749 section 4.1.1) by the rules of Home
/// Assistant, made narrower: the client must be a page of this home and the answer must go to the
/// same origin. Nobody is redirected anywhere before all of it holds.
///
/// Attack: with single sign-on no click is left that would stop a link to `/auth/authorize` with a
/// foreign client from carrying a code away.
final class ClientRequestReader {

    private static final int CLIENT_ID_MAX = 1_024;
    private static final int REDIRECT_URI_MAX = 4_096;
    private static final int STATE_MAX = 8_192;
    private static final int SHOWN_MAX = 120;

    /// A SHA-256 as base64url (RFC 7636 section 4.2).
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private ClientRequestReader() {}

    /// @param origins of the home that was asked
    /// @throws dev.vestibule.http.BadRequest where a parameter appears twice (RFC 6749 section 3.1)
    static ClientRequestResult read(Parameters query, List<Origin> origins) {
        String clientId = query.single("client_id").orElse("");
        String redirectUri = query.single("redirect_uri").orElse("");
        String state = query.single("state").orElse("");
        if (clientId.isEmpty() || clientId.length() > CLIENT_ID_MAX) {
            return new Malformed("client-id");
        }
        Optional<Origin> client = Origin.parse(clientId).filter(origins::contains);
        if (client.isEmpty()) {
            return new UnknownClient(shown(clientId));
        }
        if (!isOf(client.get(), redirectUri)) {
            return new Malformed("redirect-uri");
        }
        // Home Assistant's own clients may leave response_type out.
        if (!query.single("response_type").orElse("code").equals("code")
                || !query.single("response_mode").orElse("query").equals("query")) {
            return new Malformed("response-type");
        }
        if (state.length() > STATE_MAX || !FrontEndState.leadsHome(state, origins)) {
            return new Malformed("state");
        }
        return read(query, new ClientRequest(clientId, redirectUri, state, "", ClientKind.OWN));
    }

    /// RFC 7636 section 4.3. Without a method a challenge would be `plain`, which hides nothing.
    private static ClientRequestResult read(Parameters query, ClientRequest request) {
        Optional<String> challenge = query.single("code_challenge");
        Optional<String> method = query.single("code_challenge_method");
        if (challenge.isEmpty() && method.isEmpty()) {
            return new Accepted(request);
        }
        if (!method.orElse("").equals("S256")
                || !CHALLENGE.matcher(challenge.orElse("")).matches()) {
            return new Malformed("code-challenge");
        }
        return new Accepted(
                new ClientRequest(
                        request.clientId(),
                        request.redirectUri(),
                        request.state(),
                        challenge.orElse(""),
                        request.kind()));
    }

    /// Parsed, never compared as a prefix. User information and fragments have no place in a
    /// redirect (RFC 6749 section 3.1.2), and what is not plain ASCII would be spelled anew on its
    /// way into a header.
    private static boolean isOf(Origin client, String redirectUri) {
        if (redirectUri.length() > REDIRECT_URI_MAX
                || !redirectUri.chars().allMatch(c -> c > ' ' && c < 127)) {
            return false;
        }
        try {
            URI uri = new URI(redirectUri);
            return uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && Origin.of(uri).filter(client::equals).isPresent();
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    /// What a stranger wrote, made fit to be shown and logged.
    private static String shown(String text) {
        String cut = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
        return cut.codePoints()
                .map(c -> c > ' ' && c < 127 ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
