package dev.vestibule.setup;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;

/// What an operator decided, before anything is made.
///
/// @param homeAssistant where Home Assistant listens
/// @param provider with the client's secret, which is written to a file of its own
public record SetupPlan(
        Origin homeAssistant, Origin publicUrl, OpenIdProviderConfig provider, RolesConfig roles) {}
