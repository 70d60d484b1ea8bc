package dev.vestibule.socket;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.store.DatabaseUnavailable;

import java.util.List;
import java.util.function.Predicate;

/// Admits the websockets of one home by the access token they show. Safe to share between threads.
public final class TokenAdmission implements SocketAdmission {

    private final HomeId home;
    private final GrantService grants;
    private final TokenJudge judge;
    private final AccountStore accounts;
    private final Predicate<AccountId> isLocalOnly;
    private final List<Cidr> lan;

    /// @param isLocalOnly whether Home Assistant lets the person in from its own network only. It
    ///   is enforced here, because older releases of Home Assistant forget it on websockets. May
    ///   throw [HomeAssistantUnavailable] where nobody can say
    public TokenAdmission(
            HomeId home,
            GrantService grants,
            TokenJudge judge,
            AccountStore accounts,
            Predicate<AccountId> isLocalOnly,
            List<Cidr> lan) {
        this.home = home;
        this.grants = grants;
        this.judge = judge;
        this.accounts = accounts;
        this.isLocalOnly = isLocalOnly;
        this.lan = List.copyOf(lan);
    }

    @Override
    public Result admit(String accessToken, ClientAddress client) {
        try {
            TokenJudgement judgement =
                    grants.recognise(home, accessToken)
                            .<TokenJudgement>map(TokenJudgement.Live::new)
                            .orElseGet(() -> judge.judge(home, accessToken, client));
            return judgement instanceof TokenJudgement.Live(var grant)
                    ? enter(grant, client)
                    : new Result(judgement, SocketRights.OTHER);
        } catch (DatabaseUnavailable away) {
            return new Result(
                    new TokenJudgement.Unjudgeable("the database is away"), SocketRights.OTHER);
        } catch (HomeAssistantUnavailable away) {
            return new Result(new TokenJudgement.Unjudgeable(away.reason()), SocketRights.OTHER);
        }
    }

    @Override
    public void refused(String accessToken) {
        grants.doubt(accessToken);
    }

    private Result enter(LiveGrant grant, ClientAddress client) {
        if (grant.isHeld()) {
            return new Result(
                    new TokenJudgement.Unjudgeable("Home Assistant has to hear of a role first"),
                    SocketRights.OTHER);
        }
        if (!isAtHome(client) && grant.account().filter(isLocalOnly).isPresent()) {
            return new Result(new TokenJudgement.Dead(), SocketRights.OTHER);
        }
        boolean isAdministrator =
                grant.account()
                        .flatMap(account -> accounts.roleOf(account, home))
                        .filter(Role.ADMIN::equals)
                        .isPresent();
        return new Result(
                new TokenJudgement.Live(grant),
                isAdministrator ? SocketRights.ADMINISTRATOR : SocketRights.OTHER);
    }

    private boolean isAtHome(ClientAddress client) {
        return switch (client) {
            case ClientAddress.Known(var address) ->
                    lan.stream().anyMatch(network -> network.contains(address));
            case ClientAddress.Unknown _ -> false;
        };
    }
}
