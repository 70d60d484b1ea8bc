/// Where every way in ends: a proven identity becomes a session here, and brings its person to
/// where they wanted to be.
///
/// Entry: [Admissions] puts it together. The path through the room: a way in proves somebody
/// ([ProvenIdentity]) and calls [Welcome], [LoginDispatcher] looks whether the proof still stands
/// ([StandingProofs]) and decides, and [Arrival] brings the person to their client with a code
/// ([AuthorizationCodeStore]). A way that needs no page is a [SilentWay], one that the sign-in page
/// shows is an [OfferedWay]; what the visitor came for waits in [PendingChoiceStore].
///
/// Knows none of the ways in, and nothing of how Home Assistant signs a person in.
@NullMarked
package dev.vestibule.admission;

import org.jspecify.annotations.NullMarked;
