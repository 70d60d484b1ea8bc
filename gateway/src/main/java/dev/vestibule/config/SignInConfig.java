package dev.vestibule.config;

import java.util.List;

/// The ways in beside the identity providers. What is not switched on is not there.
///
/// @param localLogin signing in with a password of Home Assistant. Default: `off`. Example: `on`
/// @param linking whether people who come by an identity provider may prove a login that they have
///   in Home Assistant, and keep that user. Default: `off`. Example: `offer`
/// @param passkeys signing in with a passkey that was made here. Default: `false`. Example: `true`
/// @param apps where people sign in who set up a companion app. Default: `hand-off`. Example:
///   `in-app`
/// @param breakGlass the emergency administrator
/// @param kiosks wall tablets
public record SignInConfig(
        LocalLogin localLogin,
        Linking linking,
        boolean passkeys,
        AppSignIn apps,
        BreakGlassConfig breakGlass,
        List<KioskConfig> kiosks) {

    public SignInConfig {
        kiosks = List.copyOf(kiosks);
    }
}
