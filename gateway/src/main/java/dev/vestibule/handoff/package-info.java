/// The entrance for companion apps: their people prove who they are in another browser, because the
/// apps' web views come back from no provider. The browser then shows a code, and the person types
/// it into the app's page.
///
/// Entry: [HandOffEntrance] puts it together. The path through the room: an app asks for a code
/// ([AppPageHandler]), somebody opens the hand-off's address in a browser ([LinkHandler]) and
/// proves who they are by any way in, [HandOffCodes] shows them a code, and [TypedCodeHandler]
/// takes it in the app's page and lets the app in. [HandOffStore] keeps what is under way.
///
/// Attack: a stranger sends somebody the address of their own app's hand-off. What that person then
/// sees is a code that is good in the stranger's page only, with a warning not to pass it on; the
/// code travels from the browser to the app and nothing travels the other way.
///
/// Knows nothing of how people prove who they are.
@NullMarked
package dev.vestibule.handoff;

import org.jspecify.annotations.NullMarked;
