package dev.vestibule.config;

import java.time.Duration;

/// How the gateway finds out, without the person, that a provider has switched somebody off: it
/// asks with the refresh token of their last sign-in.
///
/// @param enabled whether this provider is asked at all. Default: `true`. Example: `false`
/// @param checkEvery how often it is asked about each person, in `s`, `m`, `h` or `d`, give or take
///   a fifth. Default: `5m`. Example: `1m`
/// @param maxAge how long browsers stay signed in after a provider that no longer vouches for the
///   person did so last; phones and apps live on. That it is away ends nothing. Default: `7d`.
///   Example: `12h`
/// @param provesDisablement when a refusal shuts the person out everywhere, phones and apps
///   included. Default: `never`, with the preset `keycloak` `when-said`. Example: `always`
/// @param offlineAccess whether a refresh token is fetched that outlives the person's session at
///   the provider (`offline_access`), where it lists that scope. That is done right after each
///   sign-in by a second request that asks nobody anything, so that it cannot make a sign-in fail;
///   with `offline_access` among the `scopes` it is part of the sign-in instead. Default: `true`.
///   Example: `false`
public record LivenessConfig(
        boolean enabled,
        Duration checkEvery,
        Duration maxAge,
        DisablementProof provesDisablement,
        boolean offlineAccess) {

    public static final LivenessConfig DEFAULTS =
            new LivenessConfig(
                    true, Duration.ofMinutes(5), Duration.ofDays(7), DisablementProof.NEVER, true);

    /// As the preset of a provider has it, where the configuration says nothing.
    public static LivenessConfig of(ProviderPreset preset) {
        return new LivenessConfig(
                DEFAULTS.enabled(),
                DEFAULTS.checkEvery(),
                DEFAULTS.maxAge(),
                disablementProof(preset),
                DEFAULTS.offlineAccess());
    }

    /// What a provider's preset changes.
    static DisablementProof disablementProof(ProviderPreset preset) {
        return switch (preset) {
            case NONE, GOOGLE -> DEFAULTS.provesDisablement();
            case KEYCLOAK -> DisablementProof.WHEN_SAID;
        };
    }
}
