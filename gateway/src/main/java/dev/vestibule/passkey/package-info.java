/// The entrance for people who prove themselves with a passkey (WebAuthn level 3), and where they
/// add and remove theirs.
///
/// Entry: [Passkeys] puts it together. The path through the room: a browser asks for options and
/// gets a [Challenge] ([RegistrationCeremony], [AuthenticationCeremony]); what its authenticator
/// made of it comes back as a [CeremonyAnswer], is held against [ClientData] and verified by
/// [WebAuthnLibrary]; [CredentialStore] keeps the keys. Nobody else may know that there is a
/// library.
///
/// Knows nothing of how a person comes to their home: it ends with the account that was proven.
@NullMarked
package dev.vestibule.passkey;

import org.jspecify.annotations.NullMarked;
