package dev.vestibule;

import dev.vestibule.adoption.TokenAdoption;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.network.ClientAddress;

import java.util.Optional;
import java.util.function.Function;

/// Each home judges its own tokens. Safe to share between threads.
record TokensOfHomes(Function<HomeId, TokenAdoption> homes) implements TokenJudge {

    @Override
    public TokenJudgement judge(HomeId home, String accessToken, ClientAddress from) {
        return homes.apply(home).judge(home, accessToken, from);
    }

    @Override
    public Optional<TokenJudgement> foresee(HomeId home, String accessToken) {
        return homes.apply(home).foresee(home, accessToken);
    }
}
