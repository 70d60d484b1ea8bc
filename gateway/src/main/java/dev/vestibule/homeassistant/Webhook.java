package dev.vestibule.homeassistant;

import dev.vestibule.secret.Secret;

/// A webhook that Home Assistant knows.
///
/// @param id whoever knows it may call it, so it is a secret
/// @param domain the integration that made it, `mobile_app` for phones
public record Webhook(Secret id, String domain, String name, boolean localOnly) {

    /// Whether the companion app registered it.
    public boolean isPhone() {
        return domain.equals("mobile_app");
    }
}
