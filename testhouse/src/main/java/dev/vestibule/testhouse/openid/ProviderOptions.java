package dev.vestibule.testhouse.openid;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/// How a provider is set up; real ones differ in these points.
///
/// @param hostName the host in the issuer, `127.0.0.1` or `localhost`
/// @param port the port to listen on, 0 for any free one
/// @param path what follows the port in the issuer: empty, `/realms/home`, `/application/o/home/`
/// @param tokenLifetime how long ID tokens and access tokens are valid
/// @param features what it offers and sends beyond the necessary
public record ProviderOptions(
        InstantSource time,
        String hostName,
        int port,
        String path,
        SigningAlgorithm signingAlgorithm,
        Duration tokenLifetime,
        Set<Feature> features) {

    /// Things that some providers do and others do not.
    public enum Feature {
        /// Profile, e-mail and groups are in the ID token too; otherwise only UserInfo has them.
        CLAIMS_IN_ID_TOKEN,
        /// The scope `offline_access` yields a refresh token.
        OFFLINE_ACCESS,
        /// Every other sign-in yields a refresh token, too, as Keycloak's do.
        REFRESH_TOKEN_ALWAYS,
        /// Pushed authorization requests are offered.
        PAR,
        /// The callback carries `iss`, RFC 9207.
        ISSUER_PARAMETER,
        /// ID tokens and logout tokens carry `sid`.
        SESSION_ID,
        /// A browser that has signed in is not asked again.
        SINGLE_SIGN_ON,
        /// `prompt=login` and `max_age` make somebody sign in anew; otherwise they are ignored, as
        /// Google does.
        FORCED_SIGN_IN,
        /// ID tokens carry `auth_time`.
        AUTH_TIME,
        /// `aud` is an array with one value, as LemonLDAP::NG writes it.
        AUDIENCE_AS_ARRAY
    }

    public ProviderOptions {
        features = Set.copyOf(features);
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("path must be empty or start with /: " + path);
        }
    }

    /// RS256 on 127.0.0.1, any port, all features but the array audience and the refresh tokens
    /// that nobody asked for.
    public static ProviderOptions defaults() {
        return new ProviderOptions(
                InstantSource.system(),
                "127.0.0.1",
                0,
                "",
                SigningAlgorithm.RS256,
                Duration.ofMinutes(5),
                EnumSet.complementOf(
                        EnumSet.of(Feature.AUDIENCE_AS_ARRAY, Feature.REFRESH_TOKEN_ALWAYS)));
    }

    /// One that tells nobody when a person signed in, and knows no request to have them do it again
    /// but `prompt=select_account`.
    public ProviderOptions likeGoogle() {
        return without(Feature.FORCED_SIGN_IN).without(Feature.AUTH_TIME);
    }

    public ProviderOptions withTime(InstantSource value) {
        return new ProviderOptions(
                value, hostName, port, path, signingAlgorithm, tokenLifetime, features);
    }

    public ProviderOptions withHostName(String value) {
        return new ProviderOptions(
                time, value, port, path, signingAlgorithm, tokenLifetime, features);
    }

    public ProviderOptions withPort(int value) {
        return new ProviderOptions(
                time, hostName, value, path, signingAlgorithm, tokenLifetime, features);
    }

    public ProviderOptions withPath(String value) {
        return new ProviderOptions(
                time, hostName, port, value, signingAlgorithm, tokenLifetime, features);
    }

    public ProviderOptions withSigningAlgorithm(SigningAlgorithm value) {
        return new ProviderOptions(time, hostName, port, path, value, tokenLifetime, features);
    }

    public ProviderOptions withTokenLifetime(Duration value) {
        return new ProviderOptions(time, hostName, port, path, signingAlgorithm, value, features);
    }

    public ProviderOptions with(Feature feature) {
        var more = EnumSet.allOf(Feature.class);
        more.removeIf(one -> one != feature && !features.contains(one));
        return withFeatures(more);
    }

    public ProviderOptions without(Feature feature) {
        var fewer = EnumSet.allOf(Feature.class);
        fewer.removeIf(one -> one == feature || !features.contains(one));
        return withFeatures(fewer);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    private ProviderOptions withFeatures(Set<Feature> value) {
        return new ProviderOptions(
                time, hostName, port, path, signingAlgorithm, tokenLifetime, value);
    }
}
