package dev.vestibule.config;

/// Which product stands in front, and so what its assertion is called and where its facts stand.
public enum AssertionPreset {
    /// Any other; everything is written out.
    GENERIC,
    /// Cloudflare Access. `issuer` is the team's address, `audience` the application's AUD tag.
    CLOUDFLARE_ACCESS,
    /// Pomerium. `issuer` and `audience` are the host name of the route.
    POMERIUM,
    /// authentik's proxy outpost. `audience` is the client id of the proxy provider and `secret`
    /// its client secret.
    AUTHENTIK
}
