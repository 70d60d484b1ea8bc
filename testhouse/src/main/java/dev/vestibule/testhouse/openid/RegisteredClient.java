package dev.vestibule.testhouse.openid;

import com.nimbusds.jose.jwk.JWKSet;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A relying party that the provider knows. Redirect URIs are compared exactly, as text.
///
/// @param pkceRequired refuse authorization requests without a code challenge
/// @param parRequired refuse authorization requests that were not pushed
public record RegisteredClient(
        String clientId,
        ClientCredential credential,
        Set<URI> redirectUris,
        Set<URI> postLogoutRedirectUris,
        boolean pkceRequired,
        boolean parRequired) {

    public RegisteredClient {
        redirectUris = Set.copyOf(redirectUris);
        postLogoutRedirectUris = Set.copyOf(postLogoutRedirectUris);
    }

    public static RegisteredClient secretBasic(
            String clientId, String secret, URI... redirectUris) {
        return of(clientId, new ClientCredential.SecretBasic(secret), redirectUris);
    }

    public static RegisteredClient secretPost(String clientId, String secret, URI... redirectUris) {
        return of(clientId, new ClientCredential.SecretPost(secret), redirectUris);
    }

    public static RegisteredClient privateKeyJwt(
            String clientId, JWKSet keys, URI... redirectUris) {
        return of(clientId, new ClientCredential.PrivateKeyJwt(keys), redirectUris);
    }

    public static RegisteredClient publicClient(String clientId, URI... redirectUris) {
        return of(clientId, new ClientCredential.None(), redirectUris);
    }

    private static RegisteredClient of(
            String clientId, ClientCredential credential, URI... redirectUris) {
        return new RegisteredClient(
                clientId, credential, Set.copyOf(List.of(redirectUris)), Set.of(), true, false);
    }

    public RegisteredClient withPostLogoutRedirectUri(URI uri) {
        var more = new LinkedHashSet<>(postLogoutRedirectUris);
        more.add(uri);
        return new RegisteredClient(
                clientId, credential, redirectUris, more, pkceRequired, parRequired);
    }

    public RegisteredClient withoutPkce() {
        return new RegisteredClient(
                clientId, credential, redirectUris, postLogoutRedirectUris, false, parRequired);
    }

    public RegisteredClient requiringPar() {
        return new RegisteredClient(
                clientId, credential, redirectUris, postLogoutRedirectUris, pkceRequired, true);
    }

    /// The shared secret, or the client id where there is none: lies need something to sign with.
    String secretOrId() {
        return switch (credential) {
            case ClientCredential.SecretBasic(var secret) -> secret;
            case ClientCredential.SecretPost(var secret) -> secret;
            case ClientCredential.PrivateKeyJwt _ -> clientId;
            case ClientCredential.None _ -> clientId;
        };
    }
}
