/// The entrance for browsers and apps: an identity provider's word becomes a session here, and a
/// session becomes a client's code and tokens.
///
/// Entry: [Login] puts it together. The path through the room: [AuthorizeHandler] checks what a
/// client asks, [FrontDesk] lets on or sends to a provider, [CallbackHandler] takes the provider's
/// word, [LoginDispatcher] decides, [Arrival] brings the person to their client with a code,
/// [TokenHandler] redeems it. Every step returns a result; what follows is decided by whoever
/// called.
///
/// Knows nothing of Netty, and nothing of how Home Assistant signs a person in.
@NullMarked
package dev.vestibule.login;

import org.jspecify.annotations.NullMarked;
