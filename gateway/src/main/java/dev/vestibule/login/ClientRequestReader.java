package dev.vestibule.login;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.client.ClientJudgement;
import dev.vestibule.client.Clients;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Parameters;
import dev.vestibule.login.ClientRequestResult.Accepted;
import dev.vestibule.login.ClientRequestResult.Malformed;
import dev.vestibule.login.ClientRequestResult.NoDocument;
import dev.vestibule.login.ClientRequestResult.TooMany;
import dev.vestibule.login.ClientRequestResult.UnknownClient;
import dev.vestibule.network.ClientAddress;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads and checks an authorization request (RFC 6749 section 4.1.1). Who may ask, and where the
/// answer may go, is for [Clients] to say. Nobody is redirected anywhere before all of it holds.
final class ClientRequestReader {

    private static final int CLIENT_ID_MAX = 1_024;
    private static final int REDIRECT_URI_MAX = 4_096;
    private static final int STATE_MAX = 8_192;
    private static final int SHOWN_MAX = 120;

    /// A SHA-256 as base64url (RFC 7636 section 4.2).
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final List<Origin> origins;
    private final Clients clients;

    /// @param origins of the home that was asked
    /// @param clients of the home that was asked
    ClientRequestReader(List<Origin> origins, Clients clients) {
        this.origins = origins;
        this.clients = clients;
    }

    /// May wait for a document of the client's.
    ///
    /// @throws dev.vestibule.http.BadRequest where a parameter appears twice (RFC 6749 section 3.1)
    ClientRequestResult read(Parameters query, ClientAddress asking) {
        String clientId = query.single("client_id").orElse("");
        String redirectUri = query.single("redirect_uri").orElse("");
        if (clientId.isEmpty() || clientId.length() > CLIENT_ID_MAX) {
            return new Malformed("client-id");
        }
        if (redirectUri.length() > REDIRECT_URI_MAX) {
            return new Malformed("redirect-uri");
        }
        return switch (clients.judge(clientId, redirectUri, asking)) {
            case ClientJudgement.Unknown() -> new UnknownClient(shown(clientId));
            case ClientJudgement.NoDocument() -> new NoDocument(shown(clientId));
            case ClientJudgement.ForeignRedirect() -> new Malformed("redirect-uri");
            case ClientJudgement.TooMany() -> new TooMany();
            case ClientJudgement.Known(var kind, var name) ->
                    read(
                            query,
                            new ClientRequest(
                                    clientId,
                                    redirectUri,
                                    query.single("state").orElse(""),
                                    query.single("code_challenge").orElse(""),
                                    kind,
                                    name));
        };
    }

    private ClientRequestResult read(Parameters query, ClientRequest request) {
        // Home Assistant's own clients may leave response_type out.
        if (!query.single("response_type").orElse("code").equals("code")
                || !query.single("response_mode").orElse("query").equals("query")) {
            return new Malformed("response-type");
        }
        if (request.state().length() > STATE_MAX || !isStateSafe(request)) {
            return new Malformed("state");
        }
        // RFC 8707 section 2: what is asked for must be ours.
        if (!Resources.areAllOf(query, origins)) {
            return new Malformed("resource");
        }
        return isChallengeGood(request, query.single("code_challenge_method"))
                ? new Accepted(request)
                : new Malformed("code-challenge");
    }

    /// Only our own front end reads its state as an address.
    private boolean isStateSafe(ClientRequest request) {
        return request.kind() != ClientKind.OWN
                || FrontEndState.leadsHome(request.state(), origins);
    }

    /// RFC 7636 section 4.3. Without a method a challenge would be `plain`, which hides nothing.
    private static boolean isChallengeGood(ClientRequest request, Optional<String> method) {
        if (request.codeChallenge().isEmpty() && method.isEmpty()) {
            return !request.kind().needsCodeChallenge();
        }
        return method.orElse("").equals("S256")
                && CHALLENGE.matcher(request.codeChallenge()).matches();
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
