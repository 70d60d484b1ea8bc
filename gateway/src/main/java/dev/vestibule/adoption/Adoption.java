package dev.vestibule.adoption;

import dev.vestibule.account.AccountStore;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.grant.GrantService;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.store.Database;
import dev.vestibule.webhook.WebhookService;

import java.time.Instant;
import java.time.InstantSource;

/// Puts the room together for one home.
public final class Adoption {

    private Adoption() {}

    /// What a home has in common with the others.
    ///
    /// @param world the system's clock
    public record Shared(
            InstantSource world,
            Database database,
            AccountStore accounts,
            HomeUserStore homeUsers,
            GrantService grants,
            WebhookService webhooks,
            AddressLimiter limiter) {}

    /// What is taken over at one home.
    public record OfHome(TokenAdoption tokens, PhoneAdoption phones) {}

    /// What may be taken over at a home.
    public record Policy(ExistingTokens existing, LongLivedTokens longLived) {}

    /// @param phonesOpenUntil when the webhooks of phones close that are nobody's
    public static OfHome forHome(
            Shared shared,
            HomeId home,
            HomeAssistant homeAssistant,
            Policy policy,
            Instant phonesOpenUntil) {
        Residents residents =
                new Residents(
                        home,
                        shared.database(),
                        shared.accounts(),
                        shared.homeUsers(),
                        homeAssistant.users());
        return new OfHome(
                new TokenAdoption(
                        shared.world(),
                        shared.grants(),
                        residents,
                        new TokenQuestions(
                                homeAssistant.tokenProbe(),
                                shared.limiter(),
                                new GrantShares(shared.world())),
                        homeAssistant.tokens(),
                        shared.limiter(),
                        policy),
                new PhoneAdoption(
                        home,
                        homeAssistant,
                        shared.webhooks(),
                        residents,
                        policy.existing(),
                        phonesOpenUntil));
    }
}
