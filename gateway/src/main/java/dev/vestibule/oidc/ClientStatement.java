package dev.vestibule.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;

import dev.vestibule.config.ClientAuthentication.PrivateKeyJwt;
import dev.vestibule.config.ClientAuthentication.SigningAlgorithm;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/// Signs a statement that a request comes from us (RFC 7523 section 3), instead of a shared secret.
/// Safe to share between threads.
final class ClientStatement {

    /// It is used at once.
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final InstantSource time;
    private final Secrets secrets;
    private final OpenIdProviderConfig config;
    private final PrivateKeyJwt settings;
    private final PrivateKey key;

    /// @throws OpenIdProviderMisconfigured where the private key cannot be read, or does not fit
    ClientStatement(
            InstantSource time,
            Secrets secrets,
            OpenIdProviderConfig config,
            PrivateKeyJwt settings) {
        this.time = time;
        this.secrets = secrets;
        this.config = config;
        this.settings = settings;
        this.key = read(settings);
        sign(config.issuer());
    }

    private PrivateKey read(PrivateKeyJwt statement) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(body(statement.privateKey()));
            return KeyFactory.getInstance(keyType(statement.algorithm()))
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw unusable();
        }
    }

    private String body(Secret pem) {
        String text = pem.reveal().strip();
        String begin = "-----BEGIN PRIVATE KEY-----";
        String end = "-----END PRIVATE KEY-----";
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw unusable();
        }
        return text.substring(begin.length(), text.length() - end.length());
    }

    private static String keyType(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, PS256 -> "RSA";
            case ES256 -> "EC";
        };
    }

    private OpenIdProviderMisconfigured unusable() {
        return new OpenIdProviderMisconfigured(
                "The private key for the provider "
                        + config.id()
                        + " is not a PKCS#8 key in PEM for "
                        + settings.algorithm()
                        + ".");
    }

    PrivateKeyJWT sign(URI tokenEndpoint) {
        Instant now = time.instant();
        URI audience =
                switch (settings.audience()) {
                    case ISSUER -> config.issuer();
                    case TOKEN_ENDPOINT -> tokenEndpoint;
                };
        JWTAuthenticationClaimsSet claims =
                new JWTAuthenticationClaimsSet(
                        new ClientID(config.clientId()),
                        List.of(new Audience(audience)),
                        Date.from(now.plus(LIFETIME)),
                        null,
                        Date.from(now),
                        new JWTID(secrets.randomToken().reveal()));
        try {
            JWSAlgorithm algorithm = JWSAlgorithm.parse(settings.algorithm().name());
            return new PrivateKeyJWT(claims, algorithm, key, settings.keyId(), null);
        } catch (JOSEException unfit) {
            throw unusable();
        }
    }
}
