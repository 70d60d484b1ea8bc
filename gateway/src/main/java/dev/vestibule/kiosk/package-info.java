/// Wall tablets: accounts that the configuration names, signed in without anybody.
///
/// Entry: [KioskWay] signs the tablet in by its network. [KioskPlaces] holds whatever belongs to it
/// to that network: a cookie or token that was copied works nowhere else.
@NullMarked
package dev.vestibule.kiosk;

import org.jspecify.annotations.NullMarked;
