package dev.vestibule.grant;

import dev.vestibule.config.HomeId;
import dev.vestibule.network.ClientAddress;

/// Judges access tokens that [GrantService#recognise] does not know, by asking. Blocking; safe to
/// share between threads.
@FunctionalInterface
public interface TokenJudge {

    TokenJudgement judge(HomeId home, String accessToken, ClientAddress from);
}
