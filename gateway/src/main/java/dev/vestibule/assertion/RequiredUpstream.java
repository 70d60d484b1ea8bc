package dev.vestibule.assertion;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.policy.UpstreamRule;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// Lets nobody in at a home who did not come through the proxy that its operator demands: by an
/// assertion of it, or from a peer that was named. Safe to share between threads.
final class RequiredUpstream implements UpstreamRule {

    private final Map<HomeId, Demand> demands;

    RequiredUpstream(Map<HomeId, Demand> demands) {
        this.demands = Map.copyOf(demands);
    }

    /// What one home demands.
    ///
    /// @param verifiers whose assertions count; none where peers alone do
    record Demand(RequireUpstreamConfig config, List<AssertionVerifier> verifiers) {
        Demand {
            verifiers = List.copyOf(verifiers);
        }
    }

    @Override
    public boolean appliesAt(HomeId home) {
        return demands.containsKey(home);
    }

    @Override
    public Finding decide(Approach approach) {
        return find(
                approach,
                (verifier, compact) ->
                        verifier.known(compact)
                                .map(RequiredUpstream::finding)
                                .orElse(Finding.MUST_ASK));
    }

    @Override
    public Finding judge(Approach approach) {
        return find(approach, (verifier, compact) -> finding(verifier.judge(compact)));
    }

    private Finding find(
            Approach approach, BiFunction<AssertionVerifier, String, Finding> byAssertion) {
        Demand demand = demands.get(approach.home());
        if (demand == null
                || demand.config().exempt().contains(approach.kind().code())
                || TrustedHeaders.isAmong(demand.config().peers(), approach.peer())) {
            return Finding.CAME_THROUGH;
        }
        Finding best = Finding.WALKED_AROUND;
        for (AssertionVerifier verifier : demand.verifiers()) {
            best = better(best, find(verifier, approach, byAssertion));
        }
        return best;
    }

    private static Finding find(
            AssertionVerifier verifier,
            Approach approach,
            BiFunction<AssertionVerifier, String, Finding> byAssertion) {
        return switch (verifier.shownIn(approach.headers().get())) {
            case Shown.Nothing(), Shown.Doubtful _ -> Finding.WALKED_AROUND;
            case Shown.Once(var compact) -> byAssertion.apply(verifier, compact);
        };
    }

    /// One proxy's word is enough; and what is not known yet may still be one.
    private static Finding better(Finding one, Finding other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(Finding finding) {
        return switch (finding) {
            case WALKED_AROUND -> 0;
            case UNJUDGEABLE -> 1;
            case MUST_ASK -> 2;
            case CAME_THROUGH -> 3;
        };
    }

    private static Finding finding(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Person _, Verdict.Program() -> Finding.CAME_THROUGH;
            case Verdict.Refused _ -> Finding.WALKED_AROUND;
            case Verdict.Unjudgeable() -> Finding.UNJUDGEABLE;
        };
    }
}
