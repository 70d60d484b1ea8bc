/// Sign-in at OpenID providers: we are the relying party.
///
/// Entry: [OpenIdProvider], one per configured provider. `begin` makes the address to send the
/// browser to and what must be kept meanwhile; `complete` turns what came back into a proven
/// identity or a reason why not. Inside, [ProviderHttp] is the only one that speaks to the
/// provider, [SignatureVerifier] the only one that decides whether a token is the provider's, and
/// [ClaimReader] the only one that reads claims.
///
/// Knows nothing of browsers, cookies, sessions and accounts: the caller keeps [PendingSignIn]
/// bound to one browser and uses it once.
@NullMarked
package dev.vestibule.oidc;

import org.jspecify.annotations.NullMarked;
