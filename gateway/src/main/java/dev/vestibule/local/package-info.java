/// Signing in with the user name and password that somebody has in Home Assistant, and keeping that
/// user by proving it once.
///
/// Entry: [LocalEntrance] puts it together. The path through the room: [LocalDoor] says whether the
/// form is there for this visitor, [TryLimits] whether one more try may be made, [HomeLogins] runs
/// Home Assistant's own login flow and finds out whose login that was; then the person is admitted
/// like everybody else, or keeps the user. Questions for a second factor wait in
/// [admission][dev.vestibule.admission.SecondFactors], with those of the other ways in.
///
/// The gateway checks no password itself, and tells nobody whether a name exists.
@NullMarked
package dev.vestibule.local;

import org.jspecify.annotations.NullMarked;
