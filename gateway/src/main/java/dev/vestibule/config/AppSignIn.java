package dev.vestibule.config;

/// Where people who set up a companion app sign in.
public enum AppSignIn {
    /// In a browser, from which a short code is typed into the app. Works with every provider.
    HAND_OFF,
    /// In the app itself, where its web view stays with the provider. Not with Google, not with
    /// passkeys, and on Android not with a provider of another host.
    IN_APP
}
