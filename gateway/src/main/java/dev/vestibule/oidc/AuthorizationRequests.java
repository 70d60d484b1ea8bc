package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.claims.ACR;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.PushedAuthorization;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.oidc.ClientCredentials.Confidential;
import dev.vestibule.oidc.ClientCredentials.Public;
import dev.vestibule.oidc.ClientCredentials.Signed;
import dev.vestibule.oidc.Discovery.Extra;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Makes the address that a browser is sent to at the beginning of a sign-in.
final class AuthorizationRequests {

    static final int BYTES_MAX = 64 * 1024;

    /// OIDC Core section 11.
    static final String OFFLINE_ACCESS = "offline_access";

    private final OpenIdProviderConfig config;
    private final ProviderHttp http;
    private final ClientCredentials credentials;

    AuthorizationRequests(
            OpenIdProviderConfig config, ProviderHttp http, ClientCredentials credentials) {
        this.config = config;
        this.http = http;
        this.credentials = credentials;
    }

    URI location(Discovery discovery, PendingSignIn pending) {
        AuthenticationRequest request = request(discovery, pending);
        return pushEndpoint(discovery)
                .map(endpoint -> push(endpoint, discovery, request))
                .orElse(request)
                .toURI();
    }

    /// OIDC Core section 3.1.2.1. PKCE with S256 always (RFC 7636 section 4.3), whether the
    /// provider says that it knows it or not. No `response_mode`: the answer comes as a query,
    /// since a posted form from another site would arrive without the cookie that it must fit.
    private AuthenticationRequest request(Discovery discovery, PendingSignIn pending) {
        AuthenticationRequest.Builder builder =
                new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                scope(pending.prompt()),
                                new ClientID(config.clientId()),
                                pending.redirectUri())
                        .endpointURI(discovery.authorizationEndpoint())
                        .state(
                                new com.nimbusds.oauth2.sdk.id.State(
                                        pending.state().value().reveal()))
                        .nonce(
                                new com.nimbusds.openid.connect.sdk.Nonce(
                                        pending.nonce().value().reveal()))
                        .codeChallenge(
                                new com.nimbusds.oauth2.sdk.pkce.CodeVerifier(
                                        pending.codeVerifier().value().reveal()),
                                CodeChallengeMethod.S256);
        if (!config.requiredAcr().isEmpty()) {
            builder.acrValues(config.requiredAcr().stream().map(ACR::new).toList());
        }
        return withPrompt(builder, pending.prompt()).build();
    }

    private Scope scope(Prompt prompt) {
        Scope scope = new Scope(config.scopes().toArray(String[]::new));
        if (prompt == Prompt.SILENT) {
            scope.add(OFFLINE_ACCESS);
        }
        return scope;
    }

    private AuthenticationRequest.Builder withPrompt(
            AuthenticationRequest.Builder builder, Prompt prompt) {
        return switch (prompt) {
            case AS_NEEDED -> builder;
            case FRESH_LOGIN -> freshly(builder);
            case SILENT -> builder.prompt(com.nimbusds.openid.connect.sdk.Prompt.Type.NONE);
            case SELECT_ACCOUNT ->
                    builder.prompt(com.nimbusds.openid.connect.sdk.Prompt.Type.SELECT_ACCOUNT);
        };
    }

    private AuthenticationRequest.Builder freshly(AuthenticationRequest.Builder builder) {
        return switch (config.freshSignIn()) {
            case AUTH_TIME, PROMPT_LOGIN ->
                    builder.prompt(com.nimbusds.openid.connect.sdk.Prompt.Type.LOGIN).maxAge(0);
            case SELECT_ACCOUNT ->
                    builder.prompt(com.nimbusds.openid.connect.sdk.Prompt.Type.SELECT_ACCOUNT);
        };
    }

    private Optional<URI> pushEndpoint(Discovery discovery) {
        Optional<URI> offered =
                config.pushedAuthorization() == PushedAuthorization.NEVER
                        ? Optional.empty()
                        : discovery.endpoint(Extra.PUSHED_AUTHORIZATION);
        if (offered.isEmpty() && discovery.requiresPushedAuthorization()) {
            throw misconfigured("requires pushed authorization requests, which are not possible");
        }
        return offered;
    }

    /// RFC 9126 section 2: the parameters go to the provider, the browser carries a reference.
    private AuthenticationRequest push(
            URI endpoint, Discovery discovery, AuthorizationRequest request) {
        URI reference =
                http.send(
                        pushed(endpoint, discovery, request).toHTTPRequest(),
                        BYTES_MAX,
                        answer -> reference(endpoint, answer));
        return new AuthenticationRequest.Builder(reference, new ClientID(config.clientId()))
                .endpointURI(discovery.authorizationEndpoint())
                .build();
    }

    private URI reference(URI endpoint, ProviderHttp.Answer answer) {
        if (!answer.isOk()) {
            String error =
                    answer.json().map(body -> body.path("error").asText()).orElse("no reason");
            throw misconfigured(
                    "refuses our pushed authorization request ("
                            + answer.status()
                            + ", "
                            + ForeignText.excerpt(error)
                            + "); compare client id, secret and redirect address with what is"
                            + " registered there");
        }
        return answer.json()
                .map(body -> body.path("request_uri"))
                .filter(JsonNode::isTextual)
                .flatMap(found -> uri(found.textValue()))
                .orElseThrow(() -> http.unavailable(endpoint, "sent no request_uri"));
    }

    private PushedAuthorizationRequest pushed(
            URI endpoint, Discovery discovery, AuthorizationRequest request) {
        return switch (credentials) {
            case Public _ -> new PushedAuthorizationRequest(endpoint, request);
            case Confidential client ->
                    new PushedAuthorizationRequest(endpoint, client.authentication(), request);
            case Signed client ->
                    new PushedAuthorizationRequest(
                            endpoint, client.authentication(discovery.tokenEndpoint()), request);
        };
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    /// @param what continues the sentence "the provider ..."
    private OpenIdProviderMisconfigured misconfigured(String what) {
        return new OpenIdProviderMisconfigured("The provider " + config.id() + " " + what + ".");
    }
}
