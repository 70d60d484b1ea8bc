package dev.vestibule.homeassistant;

import java.time.Instant;

/// How the administrator's connection to a Home Assistant stands.
public sealed interface HomeAssistantStatus {

    record Connected(HomeAssistantVersion version, HomeAssistantCapabilities capabilities)
            implements HomeAssistantStatus {}

    /// Not yet known: the first attempt is under way.
    record Connecting() implements HomeAssistantStatus {}

    /// It cannot be reached; attempts go on. The reason is for the operator.
    record Away(String reason, Instant since) implements HomeAssistantStatus {}

    /// It is there and does not accept the configured token.
    record TokenRefused() implements HomeAssistantStatus {}

    /// The configured token belongs to somebody who is no administrator.
    record NotAdministrator() implements HomeAssistantStatus {}

    /// Nobody has set it up yet: it has no users.
    record NotOnboarded() implements HomeAssistantStatus {}

    /// Older than [HomeAssistantVersion#OLDEST], or of a version that cannot be read.
    record TooOld(String version) implements HomeAssistantStatus {}
}
