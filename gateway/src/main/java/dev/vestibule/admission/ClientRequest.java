package dev.vestibule.admission;

import dev.vestibule.config.Origin;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.secret.Secret;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What a client asked for at `/auth/authorize`, checked.
///
/// @param redirectUri where the answer goes; printable ASCII, its own query kept
/// @param state given back verbatim; empty text where there is none
/// @param codeChallenge of PKCE with S256; empty text where the client uses none
/// @param kind what kind of client it is
/// @param clientName what it calls itself, fit to be shown; empty text where it says nothing
public record ClientRequest(
        String clientId,
        String redirectUri,
        String state,
        String codeChallenge,
        ClientKind kind,
        String clientName) {

    private static final Set<String> ANSWERS =
            Set.of("code", "state", "iss", "error", "error_description");

    /// The same, called otherwise in the person's lists.
    public ClientRequest named(String name) {
        return new ClientRequest(clientId, redirectUri, state, codeChallenge, kind, name);
    }

    /// RFC 6749 section 4.1.2: the parameters are added to the redirect's own query. A space is
    /// `%20`, because Home Assistant's front end decodes no `+`.
    ///
    /// @param issuer the home's canonical address, which some clients are told
    public URI answerWith(Secret code, Origin issuer) {
        return answer("code=" + code.reveal(), issuer);
    }

    /// RFC 6749 section 4.1.2.1: the person said no.
    public URI refusal(Origin issuer) {
        return answer("error=access_denied", issuer);
    }

    private URI answer(String first, Origin issuer) {
        return URI.create(
                withoutAnswer(redirectUri)
                        + first
                        + (state.isEmpty() ? "" : parameter("state", state))
                        // RFC 9207 section 2.
                        + (kind.hearsIssuer() ? parameter("iss", issuer.toString()) : ""));
    }

    /// The redirect up to where our parameters follow. An answer that stands in it already is left
    /// out: another code or state beside ours could be taken for ours.
    private static String withoutAnswer(String redirectUri) {
        int mark = redirectUri.indexOf('?');
        if (mark < 0) {
            return redirectUri + "?";
        }
        String kept =
                Arrays.stream(redirectUri.substring(mark + 1).split("&", -1))
                        .filter(pair -> !pair.isEmpty() && !isAnswer(pair))
                        .map(pair -> pair + "&")
                        .collect(Collectors.joining());
        return redirectUri.substring(0, mark + 1) + kept;
    }

    private static boolean isAnswer(String pair) {
        try {
            String name = PercentCoding.decode(pair.split("=", 2)[0]);
            return ANSWERS.contains(name);
        } catch (BadRequest unreadable) {
            return false;
        }
    }

    /// Where a form may lead that ends at the client: the redirect's origin, or its scheme where it
    /// leads to an app (CSP level 3 section 6.4.1.1).
    public String formTarget() {
        URI uri = URI.create(redirectUri);
        return Origin.of(uri).map(Origin::toString).orElse(uri.getScheme() + ":");
    }

    /// Whether a browser carries the answer to a place on the web, where more redirects may follow.
    public boolean leadsToWeb() {
        return Origin.of(URI.create(redirectUri)).isPresent();
    }

    /// The redirect that Home Assistant is told. It never sees that of a program: it would fetch
    /// the program's address to learn whether the two belong together, and older releases know no
    /// documents. At the client's own origin it believes them unasked.
    ///
    /// Attack: requests from Home Assistant to an address that a stranger chose.
    public String redirectForHomeAssistant() {
        return switch (kind) {
            case OWN, APP, VOICE -> redirectUri;
            case DOCUMENT, OTHER -> clientOrigin() + "/";
        };
    }

    /// Who asks, as far as a certificate proves it.
    public Origin clientOrigin() {
        return Origin.of(URI.create(clientId))
                .orElseThrow(() -> new IllegalStateException("no address: " + clientId));
    }

    /// The request as a query again.
    public String query() {
        return "response_type=code"
                + parameter("client_id", clientId)
                + parameter("redirect_uri", redirectUri)
                + (state.isEmpty() ? "" : parameter("state", state))
                + (codeChallenge.isEmpty()
                        ? ""
                        : parameter("code_challenge", codeChallenge)
                                + parameter("code_challenge_method", "S256"));
    }

    private static String parameter(String name, String value) {
        return "&" + name + "=" + PercentCoding.encode(value);
    }
}
