package dev.vestibule.grant;

import dev.vestibule.config.HomeId;
import dev.vestibule.network.ClientAddress;

import java.util.Optional;

/// Judges access tokens that [GrantService#recognise] does not know, by asking. Blocking; safe to
/// share between threads.
@FunctionalInterface
public interface TokenJudge {

    TokenJudgement judge(HomeId home, String accessToken, ClientAddress from);

    /// As [#judge], as far as that can be said without asking Home Assistant; nothing is noted and
    /// nothing is taken over. Empty where only Home Assistant could say.
    default Optional<TokenJudgement> foresee(HomeId home, String accessToken) {
        return Optional.empty();
    }
}
