/// Whether the providers still vouch for the people whom they sent: asked now and then with the
/// refresh tokens of their last sign-ins, without the people.
///
/// Entry: [ProviderPoll], one loop for each provider. [LivenessProofs] keeps the tokens; a check
/// claims one ([ProofClaims]), asks with it, stores the next before anything else, and
/// [Consequences] does what the answer demands, through the room `revocation` alone. An outage
/// proves nothing about anybody; whom a provider has given up lapses after a while ([Lapses]).
@NullMarked
package dev.vestibule.liveness;

import org.jspecify.annotations.NullMarked;
