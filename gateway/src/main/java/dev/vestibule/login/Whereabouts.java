package dev.vestibule.login;

import dev.vestibule.account.AccountId;
import dev.vestibule.policy.Places;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Where tokens may go: to wherever their person, or their tablet, may be. Codes and refresh tokens
/// ask the same. Safe to share between threads.
record Whereabouts(Places places) {

    /// May wait for the database or Home Assistant.
    ///
    /// @return what a client hears elsewhere; empty where it is in its place
    Optional<TokenResult> elsewhere(Visitor visitor, AccountId account) {
        return switch (places.judge(visitor.home(), account, visitor.presence())) {
            case HERE -> Optional.empty();
            case NOT_AT_HOME, NOT_AT_ITS_PLACE -> Optional.of(TokenResult.DENIED);
            case UNKNOWN -> Optional.of(new TokenResult.TryLater());
        };
    }
}
