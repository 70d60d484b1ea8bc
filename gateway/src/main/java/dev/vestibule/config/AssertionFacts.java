package dev.vestibule.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// What a product in front is known to do, so that only the rest must be written.
///
/// @param header the name of its header; empty text where it must be written
/// @param algorithms what it signs with
/// @param keysPath where its keys lie at its issuer's address; empty text where that must be
///   written
record AssertionFacts(String header, Set<String> algorithms, ClaimPaths claims, String keysPath) {

    /// Sources, as of 2026:
    ///
    /// - Cloudflare, "Validate JWTs" and "Application token" (developers.cloudflare.com,
    ///   cloudflare-one/identity/authorization-cookie): the header, `iss` is
    ///   `https://TEAM.cloudflareaccess.com`, keys at `/cdn-cgi/access/certs` there, RS256, `aud`
    ///   lists the AUD tag. What the identity provider said besides stands below `custom`.
    /// - Pomerium, "JWT Verification" and "JWT Issuer Format" (pomerium.com/docs): the header,
    ///   ES256, `iss` and `aud` are the host name of the route (`jwt_issuer_format: uri` makes
    ///   `iss` an address), keys at `/.well-known/pomerium/jwks.json` of it.
    /// - authentik, `internal/outpost/proxyv2/application/mode_common.go` and
    ///   `authentik/providers/proxy/models.py` (goauthentik/authentik): the header carries the
    ///   proxy provider's own token; `set_oauth_defaults` sets no signing key, so that it is signed
    ///   with HS256 and the client secret unless somebody gave the provider a key.
    static AssertionFacts of(AssertionPreset preset) {
        return switch (preset) {
            case GENERIC ->
                    new AssertionFacts("", Set.of("RS256", "ES256"), ClaimPaths.DEFAULTS, "");
            case CLOUDFLARE_ACCESS ->
                    new AssertionFacts(
                            "Cf-Access-Jwt-Assertion",
                            Set.of("RS256"),
                            new ClaimPaths("email", "name", "custom.picture", "custom.groups"),
                            "/cdn-cgi/access/certs");
            case POMERIUM ->
                    new AssertionFacts(
                            "X-Pomerium-Jwt-Assertion",
                            Set.of("ES256"),
                            new ClaimPaths("email", "name", "picture", "groups"),
                            "/.well-known/pomerium/jwks.json");
            case AUTHENTIK ->
                    new AssertionFacts(
                            "X-authentik-jwt", Set.of("RS256", "ES256"), ClaimPaths.DEFAULTS, "");
        };
    }

    /// The address of the keys, where it follows from the issuer. Pomerium's issuer is a bare host
    /// name.
    Optional<URI> keysOf(String issuer) {
        String site = issuer.contains("://") ? issuer : "https://" + issuer;
        return keysPath.isEmpty()
                ? Optional.empty()
                : Origin.parse(site).map(origin -> origin.resolve(keysPath));
    }
}
