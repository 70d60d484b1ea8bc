package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.policy.AccessPolicy.Knowledge;
import dev.vestibule.policy.Callers.Finding;
import dev.vestibule.policy.Callers.Patience;
import dev.vestibule.store.DatabaseUnavailable;

import java.util.Optional;

/// What the request itself shows. Safe to share between threads.
///
/// @param patience how far a look may go
record DoorEvidence(
        Callers callers, Knowledge knowledge, IngressSessions ingressSessions, Patience patience)
        implements Evidence {

    @Override
    public Finding byToken(AccessRequest request) {
        return callers.byToken(request, patience);
    }

    @Override
    public Finding bySignature(AccessRequest request) {
        return callers.bySignature(request, patience);
    }

    @Override
    public Finding byCookies(AccessRequest request) {
        return callers.byCookies(request, patience);
    }

    @Override
    public Optional<Places.Verdict> place(AccessRequest request, AccountId account) {
        Places places = knowledge.places();
        Presence presence = new Presence(request.client(), request.certificate());
        try {
            return switch (patience) {
                case NONE -> places.known(request.home(), account, presence);
                case WAITS -> Optional.of(places.judge(request.home(), account, presence));
                case LOOKS -> places.foresee(request.home(), account, presence);
            };
        } catch (DatabaseUnavailable away) {
            return Optional.of(Places.Verdict.UNKNOWN);
        }
    }

    /// Nothing is noted about webhooks.
    @Override
    public Optional<Webhooks.Judgement> webhook(HomeId home, String id) {
        return switch (patience) {
            case NONE -> Optional.empty();
            case WAITS, LOOKS -> Optional.of(knowledge.webhooks().judge(home, id));
        };
    }

    @Override
    public boolean isOwnIngressSession(AccessRequest request, Object user) {
        String session = request.credentials().ingressSession();
        return switch (patience) {
            case NONE, WAITS -> ingressSessions.isOf(request.home(), session, user);
            case LOOKS -> ingressSessions.mayBeOf(request.home(), session, user);
        };
    }
}
