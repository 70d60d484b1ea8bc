/// A browser and its authenticator in one object: correct by default, and a liar when told to be.
///
/// [VirtualAuthenticator] is the entry. It takes the options that a page gives to
/// `navigator.credentials` and returns what the page would post (WebAuthn level 3 sections 5.1 and
/// 5.4). Its keys and signatures are real; a [Lie] changes an answer before it is signed, so that
/// only the check which the lie is aimed at can notice. CBOR is written by hand, because a library
/// refuses to write most of what is needed here.
///
/// It knows nothing of its relying parties beyond what their options say.
@NullMarked
package dev.vestibule.testhouse.passkey;

import org.jspecify.annotations.NullMarked;
