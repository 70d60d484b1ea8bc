package dev.vestibule.admission;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.grant.RefreshTokenJudge;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.provisioning.HomeSignIn;

import java.util.ArrayList;
import java.util.List;

/// One home, with what signing in there needs.
///
/// @param judge asks about refresh tokens that are older than the gateway
public record LoginHome(
        HomeConfig config,
        HomeAssistant homeAssistant,
        HomeSignIn homeSignIn,
        RefreshTokenJudge judge) {

    public Origin canonical() {
        return config.publicUrl();
    }

    /// Every address of the home, the canonical one first.
    public List<Origin> origins() {
        List<Origin> all = new ArrayList<>();
        all.add(config.publicUrl());
        all.addAll(config.origins());
        return List.copyOf(all);
    }
}
