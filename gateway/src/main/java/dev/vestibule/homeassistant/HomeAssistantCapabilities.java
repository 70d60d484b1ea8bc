package dev.vestibule.homeassistant;

import java.util.Set;

/// What the connected Home Assistant does by itself, and what is loaded in it.
///
/// @param deactivationRemovesTokens deactivating a user removes their refresh tokens and closes
///   their sockets (since 2026.1); before, both live on
/// @param socketEnforcesLocalOnly `local_only` is checked on websockets too (since 2026.4.4)
/// @param components the integrations that are loaded, such as `person` or `mobile_app`
public record HomeAssistantCapabilities(
        boolean deactivationRemovesTokens,
        boolean socketEnforcesLocalOnly,
        Set<String> components) {

    private static final HomeAssistantVersion REMOVES_TOKENS = new HomeAssistantVersion(2026, 1, 0);
    private static final HomeAssistantVersion ENFORCES_LOCAL_ONLY =
            new HomeAssistantVersion(2026, 4, 4);

    public HomeAssistantCapabilities {
        components = Set.copyOf(components);
    }

    static HomeAssistantCapabilities of(HomeAssistantVersion version, Set<String> components) {
        return new HomeAssistantCapabilities(
                version.isAtLeast(REMOVES_TOKENS),
                version.isAtLeast(ENFORCES_LOCAL_ONLY),
                components);
    }
}
