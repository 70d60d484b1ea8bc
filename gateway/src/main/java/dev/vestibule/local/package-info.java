/// Signing in with the user name and password that somebody has in Home Assistant, and keeping that
/// user by proving it once.
///
/// Entry: [LocalEntrance] puts it together. The path through the room: [LocalDoor] says whether the
/// form is there for this visitor, [TryLimits] whether one more try may be made, [HomeLogins] runs
/// Home Assistant's own login flow and finds out whose login that was; then the person is admitted
/// like everybody else, or keeps the user. Questions for a second factor wait in
/// [LocalQuestionStore].
///
/// The gateway never learns whether a name exists, and checks no password itself.
@NullMarked
package dev.vestibule.local;

import org.jspecify.annotations.NullMarked;
