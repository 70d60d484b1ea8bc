package dev.vestibule.testhouse.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// RP-initiated logout, OpenID Connect RP-Initiated Logout 1.0 sections 2 and 3.
final class EndSessionEndpoint implements Handler {

    private final Clients clients;
    private final ProviderSessions sessions;
    private final KeyRing keys;
    private final Issuers issuers;
    private final Script script;

    EndSessionEndpoint(
            Clients clients,
            ProviderSessions sessions,
            KeyRing keys,
            Issuers issuers,
            Script script) {
        this.clients = clients;
        this.sessions = sessions;
        this.keys = keys;
        this.issuers = issuers;
        this.script = script;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        if (request.repeatsParameter()) {
            return Pages.refusal("A parameter comes twice.");
        }
        Optional<RegisteredClient> client = client(request);
        Optional<String> target = request.parameter("post_logout_redirect_uri");
        if (target.isPresent()
                && client.filter(found -> mayReturnTo(found, target.get())).isEmpty()) {
            return Pages.refusal("The address to return to is not registered for this client.");
        }
        sessions.find(request).ifPresent(sessions::end);
        return target.filter(_ -> !script.tells(EndSessionLie.NO_REDIRECT))
                .map(uri -> Answer.redirect(303, withState(uri, request.parameter("state"))))
                .orElseGet(Pages::signedOut);
    }

    /// The hint names the client; `client_id` must agree with it.
    private Optional<RegisteredClient> client(ProviderRequest request) {
        Optional<String> named = request.parameter("client_id");
        Optional<String> hint = request.parameter("id_token_hint");
        if (hint.isEmpty()) {
            return named.flatMap(clients::find);
        }
        return hint.flatMap(this::audienceOfOurs)
                .filter(audience -> named.isEmpty() || named.get().equals(audience))
                .flatMap(clients::find);
    }

    /// An expired ID token is a good hint too; a token of somebody else is none.
    private Optional<String> audienceOfOurs(String idToken) {
        try {
            SignedJWT jwt = SignedJWT.parse(idToken);
            String kid = jwt.getHeader().getKeyID();
            for (JWK key : keys.published()) {
                if (key.getKeyID().equals(kid)
                        && jwt.verify(verifier(key))
                        && issuers.own().toString().equals(jwt.getJWTClaimsSet().getIssuer())) {
                    return jwt.getJWTClaimsSet().getAudience().stream().findFirst();
                }
            }
            return Optional.empty();
        } catch (ParseException | JOSEException _) {
            return Optional.empty();
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
    }

    private static boolean mayReturnTo(RegisteredClient client, String target) {
        return client.postLogoutRedirectUris().stream()
                .anyMatch(uri -> uri.toString().equals(target));
    }

    private String withState(String uri, Optional<String> state) {
        var parameters = new ArrayList<Map.Entry<String, String>>();
        state.ifPresent(value -> parameters.add(Map.entry("state", value)));
        if (script.tells(EndSessionLie.NO_STATE)) {
            parameters.clear();
        }
        if (script.tells(EndSessionLie.OTHER_STATE)) {
            parameters.clear();
            parameters.add(Map.entry("state", Unguessable.text()));
        }
        return parameters.isEmpty() ? uri : Callback.withQuery(uri, List.copyOf(parameters));
    }
}
