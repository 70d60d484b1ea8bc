/// What people do with tokens of their own in Home Assistant's profile page: they make long-lived
/// ones for programs, and end those they do not want any more. The gateway asks Home Assistant in
/// their place, so that it knows what comes of it before they do.
///
/// Entry: [OwnTokens], which the websockets hand these commands to. It must not know of frames.
@NullMarked
package dev.vestibule.owntoken;

import org.jspecify.annotations.NullMarked;
