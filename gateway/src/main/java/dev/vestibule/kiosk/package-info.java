/// Wall tablets: accounts that the configuration names, signed in without anybody.
///
/// Entry: [KioskRoom]. [KioskWay] signs the tablet in by its network; where it must hold a key
/// besides, [KioskSignInHandler] takes the proof and [KioskApprovalHandler] an administrator's
/// approval. [KioskPlaces] holds whatever belongs to it to that network: a cookie or token that was
/// copied works nowhere else. [KioskReview] holds what it has from before to the configuration.
@NullMarked
package dev.vestibule.kiosk;

import org.jspecify.annotations.NullMarked;
