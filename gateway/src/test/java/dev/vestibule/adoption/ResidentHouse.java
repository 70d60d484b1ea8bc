package dev.vestibule.adoption;

import static dev.vestibule.TestFacts.HOME;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.grant.RefreshTokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.webhook.WebhookService;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// A scripted Home Assistant that people lived in before the gateway came, and the rooms that take
/// them over, on a real database.
final class ResidentHouse implements AutoCloseable {

    static final String PHONE = "https://home-assistant.io/android";
    static final int QUESTIONS_PER_MINUTE = 10;
    static final ClientAddress SOMEWHERE =
            new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.9"));

    final TestFacts facts = new TestFacts();
    final ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(HomeOptions.defaults().withTime(facts.clock));
    final HomeUser carol = home.addUser("Carol", "carol", "a password", "system-users");
    final HomeAssistant homeAssistant =
            new HomeAssistant(
                    facts.clock,
                    new HomeAssistantConfig(
                            home.url(), new Secret(home.administratorToken()), List.of()));
    final HomeUserStore homeUsers =
            new HomeUserStore(facts.clock, facts.secrets, facts.database, facts.audit);
    final WebhookService webhooks = new WebhookService(facts.clock, facts.database);
    final Adoption.OfHome adoption;

    ResidentHouse(ExistingTokens policy) {
        this(policy, LongLivedTokens.TRACK);
    }

    ResidentHouse(ExistingTokens policy, LongLivedTokens longLived) {
        homeAssistant.start();
        homeAssistant.awaitFirstAttempt(Duration.ofSeconds(30));
        adoption =
                Adoption.forHome(
                        new Adoption.Shared(
                                facts.clock,
                                facts.database,
                                facts.accounts,
                                homeUsers,
                                facts.grants,
                                webhooks,
                                new AddressLimiter(facts.clock, QUESTIONS_PER_MINUTE)),
                        HOME,
                        homeAssistant,
                        new Adoption.Policy(policy, longLived),
                        facts.clock.instant().plus(Duration.ofDays(30)));
    }

    TokenJudgement judge(String accessToken) {
        return adoption.tokens().judge(HOME, accessToken, SOMEWHERE);
    }

    RefreshTokenJudge.Result refresh(String refreshToken, String clientId) {
        return adoption.tokens().judge(HOME, new Secret(refreshToken), clientId, SOMEWHERE);
    }

    List<GrantSummary> grants() {
        return facts.grants.list();
    }

    Account adoptedAccount() {
        return facts.accounts.list().getFirst();
    }

    @Override
    public void close() {
        homeAssistant.close();
        home.close();
        facts.close();
    }
}
