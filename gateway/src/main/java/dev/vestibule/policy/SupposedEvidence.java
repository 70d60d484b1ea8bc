package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.policy.Callers.Finding;

import java.util.Optional;

/// What a request would show if somebody made it. Everything that is not a credential is as it is.
record SupposedEvidence(Evidence real, AsSomebody somebody) implements Evidence {

    @Override
    public Finding byToken(AccessRequest request) {
        return switch (somebody) {
            case AsSomebody.AsShown() -> real.byToken(request);
            case AsSomebody.SignedIn(_, var grant) -> new Finding.Known(new Caller.Bearer(grant));
            case AsSomebody.ShutOut() -> new Finding.Dead();
        };
    }

    @Override
    public Finding bySignature(AccessRequest request) {
        return real.bySignature(request);
    }

    @Override
    public Finding byCookies(AccessRequest request) {
        return switch (somebody) {
            case AsSomebody.AsShown() -> real.byCookies(request);
            case AsSomebody.SignedIn(var session, _) ->
                    new Finding.Known(new Caller.Browser(session));
            case AsSomebody.ShutOut() -> new Finding.Nobody();
        };
    }

    @Override
    public Optional<Places.Verdict> place(AccessRequest request, AccountId account) {
        return real.place(request, account);
    }

    @Override
    public Optional<Webhooks.Judgement> webhook(HomeId home, String id) {
        return real.webhook(home, id);
    }

    @Override
    public boolean isOwnIngressSession(AccessRequest request, Object user) {
        return switch (somebody) {
            case AsSomebody.AsShown() -> real.isOwnIngressSession(request, user);
            case AsSomebody.SignedIn _, AsSomebody.ShutOut() -> true;
        };
    }
}
