package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.policy.Callers.Finding;

import java.util.Optional;

/// What can be found out about a request, credential by credential, while [AccessPolicy] judges it.
/// The door looks and leaves traces, as what was used counts as used; whoever only wants to know
/// how the door would judge looks without any. The judgement is the same.
interface Evidence {

    /// What the access token says.
    Finding byToken(AccessRequest request);

    /// What the `authSig` of the address says.
    Finding bySignature(AccessRequest request);

    /// What the cookies say.
    Finding byCookies(AccessRequest request);

    /// Where somebody is; empty where it cannot be said by this kind of evidence.
    Optional<Places.Verdict> place(AccessRequest request, AccountId account);

    /// Whether a webhook is open; empty where it cannot be said by this kind of evidence.
    Optional<Webhooks.Judgement> webhook(HomeId home, String id);

    /// Whether an add-on's session is this user's.
    ///
    /// @param user the person, or the grant where there is none
    boolean isOwnIngressSession(AccessRequest request, Object user);
}
