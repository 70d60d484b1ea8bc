package dev.vestibule.config;

import java.time.Duration;

/// How many people may lose their access at once. Where a SCIM client takes it from more, or a
/// provider vouches for more no longer, than both the share and the number here allow, nothing
/// happens to them until an operator has said that it is meant; see `vestibule deprovisioning`.
///
/// @param share how many of a hundred people of a client or provider may leave before more are
///   held; with `100` none ever are. Default: `30`. Example: `10`
/// @param within the time in which they are counted, and for which a hold or its confirmation
///   lasts, in `s`, `m`, `h` or `d`. Default: `1h`. Example: `1d`
/// @param atLeast fewer than these are never held, whatever share they are: `5` or more. Default:
///   `5`. Example: `20`
public record DeprovisioningConfig(int share, Duration within, int atLeast) {

    /// Fewer may well be one family that moves out.
    static final int AT_LEAST_MIN = 5;

    public static final DeprovisioningConfig DEFAULTS =
            new DeprovisioningConfig(30, Duration.ofHours(1), AT_LEAST_MIN);

    public DeprovisioningConfig {
        if (share < 1 || share > 100) {
            throw new IllegalArgumentException("a share is 1 to 100, not " + share);
        }
        if (atLeast < AT_LEAST_MIN) {
            throw new IllegalArgumentException("at least " + AT_LEAST_MIN + ", not " + atLeast);
        }
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("a window lasts, not " + within);
        }
    }
}
