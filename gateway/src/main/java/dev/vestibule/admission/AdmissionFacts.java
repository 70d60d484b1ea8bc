package dev.vestibule.admission;

import dev.vestibule.account.AccountStore;
import dev.vestibule.directory.Recognition;
import dev.vestibule.grant.GrantService;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.policy.Places;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.SessionService;
import dev.vestibule.visit.Insiders;

/// Who is who, and what they were given: what admission decides from.
public record AdmissionFacts(
        AccountStore accounts,
        SessionService sessions,
        GrantService grants,
        HomeUserStore homeUsers,
        AccountLifecycle lifecycle,
        SessionLifecycle sessionLifecycle,
        Recognition recognition,
        LivenessProofs proofs,
        Places places,
        StandingProofs standing) {

    Insiders insiders() {
        return new Insiders(sessions, accounts, places);
    }
}
