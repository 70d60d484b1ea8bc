/// The entrance for browsers and apps: an identity provider's word is taken here, and codes become
/// tokens.
///
/// Entry: [Login] puts it together. The path through the room: [AuthorizeHandler] checks what a
/// client asks, [FrontDesk] lets on or sends to a provider, [CallbackHandler] takes the provider's
/// word to the room `admission`, [TokenHandler] redeems the code. Every step returns a result; what
/// follows is decided by whoever called.
///
/// Knows nothing of Netty, and nothing of how Home Assistant signs a person in.
@NullMarked
package dev.vestibule.login;

import org.jspecify.annotations.NullMarked;
