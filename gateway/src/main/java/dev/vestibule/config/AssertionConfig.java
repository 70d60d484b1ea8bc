package dev.vestibule.config;

import dev.vestibule.secret.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A proxy in front that has signed the person in already and says so in a signed header (a JSON
/// Web Token), so that there is one login and not two. See docs/behind-a-proxy.md.
///
/// @param id a short name for logs and for `require-upstream`: 1 to 32 lower-case letters, digits
///   and dashes. Required. Example: `access`
/// @param preset which product it is. Default: `generic`. Example: `cloudflare-access`
/// @param header the name of the header that holds the assertion. Default: the preset's; required
///   with `generic`. Example: `X-Forwarded-Assertion`
/// @param issuer the `iss` of its assertions, character for character; people are recognised by it
///   and their `sub`. Required. Example: `https://team.cloudflareaccess.com`
/// @param audience the `aud` of assertions that are meant for this gateway; one, or a list of which
///   any will do. Required. Example:
///   `32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228`
/// @param keys the address of the keys that assertions are signed with (JSON Web Key Set). Default:
///   the preset's, at the issuer. Example: `https://team.cloudflareaccess.com/cdn-cgi/access/certs`
/// @param secrets a secret of 32 characters or more that the proxy signs with instead of keys
///   (HS256). Key: `secret`. Default: none. Example: `secret-file: outpost.secret`
/// @param algorithms the signature algorithms accepted with `keys`; with a `secret` it is HS256
///   alone, and `none` is not available. Default: the preset's; `[RS256, ES256]` with `generic`.
///   Example: `[EdDSA]`
/// @param clockLeeway how far the proxy's clock may be from ours, in `s` or `m`, one minute at
///   most. Default: `30s`. Example: `5s`
/// @param claims where in the assertion the facts about a person stand; the preset has its own
/// @param caFiles certificates in PEM that the certificate of `keys` may be signed with, besides
///   the system's; one file or a list. Key: `ca-file`. Default: none. Example:
///   `/etc/vestibule/home-ca.pem`
/// @param insecureHttp whether the keys may be fetched over plain http from another machine, so
///   that everybody on the way can sign in as anybody. Loopback needs no such key. Default:
///   `false`. Example: `true`
/// @param homes the names of the homes where it counts. Default: every home. Example:
///   `[lake-house]`
public record AssertionConfig(
        String id,
        AssertionPreset preset,
        String header,
        String issuer,
        List<String> audience,
        List<URI> keys,
        List<Secret> secrets,
        Set<String> algorithms,
        Duration clockLeeway,
        ClaimPaths claims,
        List<Path> caFiles,
        boolean insecureHttp,
        List<HomeId> homes) {

    public static final Duration DEFAULT_CLOCK_LEEWAY = Duration.ofSeconds(30);
    static final Duration CLOCK_LEEWAY_MAX = Duration.ofMinutes(1);

    public AssertionConfig {
        audience = List.copyOf(audience);
        keys = List.copyOf(keys);
        secrets = List.copyOf(secrets);
        algorithms = Set.copyOf(algorithms);
        caFiles = List.copyOf(caFiles);
        homes = List.copyOf(homes);
        if (audience.isEmpty() || keys.size() + secrets.size() != 1) {
            throw new IllegalArgumentException(
                    "the assertion " + id + " needs an audience, and either keys or a secret");
        }
        if (clockLeeway.isNegative() || clockLeeway.compareTo(CLOCK_LEEWAY_MAX) > 0) {
            throw new IllegalArgumentException(
                    "the assertion " + id + " has a clock leeway of " + clockLeeway);
        }
    }

    /// Whether it says who somebody is at a home.
    public boolean countsAt(HomeId home) {
        return homes.isEmpty() || homes.contains(home);
    }
}
