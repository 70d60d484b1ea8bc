package dev.vestibule.oidc;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;

import dev.vestibule.config.ClientAuthentication.None;
import dev.vestibule.config.ClientAuthentication.PrivateKeyJwt;
import dev.vestibule.config.ClientAuthentication.SecretBasic;
import dev.vestibule.config.ClientAuthentication.SecretPost;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.net.URI;
import java.time.InstantSource;

/// How each request to the provider proves that it comes from us. Safe to share between threads.
sealed interface ClientCredentials {

    /// @throws OpenIdProviderMisconfigured where the private key cannot be read or used
    static ClientCredentials of(InstantSource time, Secrets secrets, OpenIdProviderConfig config) {
        ClientID clientId = new ClientID(config.clientId());
        return switch (config.authentication()) {
            case None() -> new Public(clientId);
            case SecretBasic(var secret) ->
                    new Confidential(new ClientSecretBasic(clientId, nimbus(secret)));
            case SecretPost(var secret) ->
                    new Confidential(new ClientSecretPost(clientId, nimbus(secret)));
            case PrivateKeyJwt statement ->
                    new Signed(new ClientStatement(time, secrets, config, statement));
        };
    }

    private static com.nimbusds.oauth2.sdk.auth.Secret nimbus(Secret secret) {
        return new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
    }

    /// A public client only says who it is.
    record Public(ClientID clientId) implements ClientCredentials {}

    /// The same proof every time. The library form-encodes id and secret before it makes the Basic
    /// header of them (RFC 6749 section 2.3.1).
    final class Confidential implements ClientCredentials {
        private final ClientAuthentication authentication;

        Confidential(ClientAuthentication authentication) {
            this.authentication = authentication;
        }

        ClientAuthentication authentication() {
            return authentication;
        }
    }

    /// A new signed statement for each request.
    record Signed(ClientStatement statement) implements ClientCredentials {
        ClientAuthentication authentication(URI tokenEndpoint) {
            return statement.sign(tokenEndpoint);
        }
    }
}
