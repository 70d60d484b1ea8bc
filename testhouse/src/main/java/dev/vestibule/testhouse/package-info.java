/// Stand-ins for the outside world, written by us and knowing nothing of the gateway.
///
/// A scripted Home Assistant, a scripted OpenID provider and a test clock. They answer as the real
/// ones were recorded to answer, awkward parts included, and they can be told to misbehave. Real
/// servers beside them are [StartedProgram]s.
@NullMarked
package dev.vestibule.testhouse;

import org.jspecify.annotations.NullMarked;
