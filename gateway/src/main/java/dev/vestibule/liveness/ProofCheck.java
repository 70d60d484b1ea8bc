package dev.vestibule.liveness;

import dev.vestibule.audit.EndReason;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderProblem;
import dev.vestibule.oidc.OpenIdProviderUnavailable;
import dev.vestibule.oidc.RefreshedProof;
import dev.vestibule.oidc.RefreshedProof.GroupsToday;
import dev.vestibule.oidc.RejectionReason;
import dev.vestibule.secret.Sealer.SealBroken;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/// One question about one person: asks, stores the next token, and has done what the answer
/// demands. Waits for the provider and the database. Safe to share between threads.
final class ProofCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ProofCheck.class);
    private static final int STORING_ATTEMPTS = 3;

    private final OpenIdProvider provider;
    private final ProofClaims claims;
    private final Consequences consequences;
    private final Pace pace;

    ProofCheck(OpenIdProvider provider, ProofClaims claims, Consequences consequences, Pace pace) {
        this.provider = provider;
        this.claims = claims;
        this.consequences = consequences;
        this.pace = pace;
    }

    /// @return false where the provider was away
    boolean check(ClaimedProof proof) {
        Optional<Secret> token = open(proof);
        if (token.isEmpty()) {
            consequences.ended(proof, provider.id(), EndReason.TOKEN_UNOPENED);
            return true;
        }
        try {
            return follow(proof, provider.refresh(token.get(), proof.person()));
        } catch (OpenIdProviderProblem notAsked) {
            waits(proof, String.valueOf(notAsked.getMessage()), false);
            return false;
        }
    }

    private Optional<Secret> open(ClaimedProof proof) {
        try {
            return Optional.of(claims.open(proof));
        } catch (SealBroken broken) {
            LOG.error(
                    "event=proof-unreadable provider={} account={} reason=\"{}\"",
                    provider.id(),
                    proof.account(),
                    broken.getMessage());
            return Optional.empty();
        }
    }

    private void waits(ClaimedProof proof, String reason, boolean isDoubtful) {
        LOG.warn("event=liveness-waits provider={} reason=\"{}\"", provider.id(), reason);
        claims.postpone(proof, isDoubtful, pace.checkedAt());
    }

    private boolean follow(ClaimedProof proof, RefreshedProof answer) {
        return switch (answer) {
            case RefreshedProof.StillValid(var token, var groups) -> {
                if (store(proof, token)) {
                    judge(proof, groups);
                }
                yield true;
            }
            case RefreshedProof.Unjudged(var token, var reason) -> {
                if (store(proof, token)) {
                    waits(proof, reason, false);
                }
                yield false;
            }
            case RefreshedProof.Unanswered(var reason) -> {
                waits(proof, reason, true);
                yield false;
            }
            case RefreshedProof.Disabled() -> {
                consequences.disabled(proof, provider.id(), pace.checkedAt());
                yield true;
            }
            case RefreshedProof.Ended() -> {
                refused(proof);
                yield true;
            }
            case RefreshedProof.Mismatch(var reason, var detail) -> {
                consequences.mismatch(proof, reason, detail);
                yield true;
            }
        };
    }

    /// A provider that rotates will not take the old token again, so the new one is worth more than
    /// one attempt. Where all fail, the claim stays behind and makes the row doubtful.
    private boolean store(ClaimedProof proof, Secret token) {
        for (int attempt = 1; ; attempt++) {
            try {
                return claims.store(proof, token);
            } catch (DatabaseUnavailable away) {
                if (attempt == STORING_ATTEMPTS) {
                    throw away;
                }
            }
        }
    }

    private void judge(ClaimedProof proof, GroupsToday groups) {
        switch (groups) {
            case GroupsToday.Told(var told) ->
                    consequences.vouchedWith(proof, provider.id(), told, pace.checkedAt());
            case GroupsToday.NotTold() -> consequences.vouched(proof, pace.checkedAt());
            case GroupsToday.OfSomebodyElse(var detail) ->
                    consequences.mismatch(proof, RejectionReason.USER_INFO_SUBJECT, detail);
            case GroupsToday.AskUserInfo question -> judge(proof, ask(proof, question));
        }
    }

    /// UserInfo alone being away says nothing against a person for whom the provider just vouched.
    private GroupsToday ask(ClaimedProof proof, GroupsToday.AskUserInfo question) {
        try {
            return provider.groups(question, proof.person());
        } catch (OpenIdProviderUnavailable away) {
            LOG.warn(
                    "event=groups-not-told provider={} account={} reason=\"{}\"",
                    provider.id(),
                    proof.account(),
                    away.getMessage());
            return new GroupsToday.NotTold();
        }
    }

    /// A token that may have been used up by a lost question is refused for that: its refusal says
    /// nothing about the person.
    private void refused(ClaimedProof proof) {
        boolean isProof =
                provider.livenessConfig().provesDisablement() == DisablementProof.ALWAYS
                        && !proof.isDoubtful();
        if (isProof) {
            consequences.disabled(proof, provider.id(), pace.checkedAt());
        } else {
            consequences.ended(proof, provider.id(), EndReason.INVALID_GRANT);
        }
    }
}
