package dev.vestibule.breaker;

import dev.vestibule.config.DeprovisioningConfig;

/// How many people of a source leave within the window, and of how many.
///
/// @param leaving those who are gone, those who are held, and those who would leave now
/// @param people those who have access, and those who are gone
record Count(int leaving, int people) {

    /// Whether somebody has to be asked: they are enough to matter, and more than the share.
    boolean isTooMany(DeprovisioningConfig config) {
        return leaving >= config.atLeast() && leaving * 100L > (long) config.share() * people;
    }
}
