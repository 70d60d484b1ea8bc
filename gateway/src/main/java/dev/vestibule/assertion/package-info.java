/// Proxies in front that have signed the person in already, so that there is one login and not two.
///
/// Entry: [Assertions]. [AssertionVerifier] decides whether the signed header of one product is to
/// be believed, [TrustedHeaders] takes unsigned ones from named peers, and [RequiredUpstream]
/// refuses at the door whoever walked around the proxy. What is proven goes to `admission` like
/// every other way in.
///
/// The signatures, the keys and the claims are read by the room `oidc`. Makes no sessions and no
/// pages.
@NullMarked
package dev.vestibule.assertion;

import org.jspecify.annotations.NullMarked;
