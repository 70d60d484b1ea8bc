package dev.vestibule.socket;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.policy.Places;
import dev.vestibule.policy.Presence;
import dev.vestibule.store.DatabaseUnavailable;

import java.util.Optional;

/// Admits the websockets of one home by the access token they show. Safe to share between threads.
public final class TokenAdmission implements SocketAdmission {

    private final HomeId home;
    private final GrantService grants;
    private final TokenJudge judge;
    private final AccountStore accounts;
    private final Places places;

    /// @param places where the token's person may be. It is enforced here, because older releases
    ///   of Home Assistant forget it on websockets
    public TokenAdmission(
            HomeId home,
            GrantService grants,
            TokenJudge judge,
            AccountStore accounts,
            Places places) {
        this.home = home;
        this.grants = grants;
        this.judge = judge;
        this.accounts = accounts;
        this.places = places;
    }

    @Override
    public Result admit(String accessToken, Presence presence) {
        try {
            TokenJudgement judgement =
                    grants.recognise(home, accessToken)
                            .<TokenJudgement>map(TokenJudgement.Live::new)
                            .orElseGet(() -> judge.judge(home, accessToken, presence.client()));
            return judgement instanceof TokenJudgement.Live(var grant)
                    ? enter(grant, presence)
                    : new Result.Judged(judgement, SocketRights.OTHER);
        } catch (DatabaseUnavailable away) {
            return new Result.Judged(
                    new TokenJudgement.Unjudgeable("the database is away"), SocketRights.OTHER);
        } catch (HomeAssistantUnavailable away) {
            return new Result.Judged(
                    new TokenJudgement.Unjudgeable(away.reason()), SocketRights.OTHER);
        }
    }

    @Override
    public void refused(String accessToken) {
        grants.doubt(accessToken);
    }

    private Result enter(LiveGrant grant, Presence presence) {
        if (grant.isHeld()) {
            return new Result.Judged(
                    new TokenJudgement.Unjudgeable("Home Assistant has to hear of a role first"),
                    SocketRights.OTHER);
        }
        return switch (place(grant, presence)) {
            case HERE -> new Result.Judged(new TokenJudgement.Live(grant), rights(grant));
            case NOT_AT_ITS_PLACE -> new Result.Elsewhere();
            case NOT_AT_HOME -> new Result.Judged(new TokenJudgement.Dead(), SocketRights.OTHER);
            case UNKNOWN ->
                    new Result.Judged(
                            new TokenJudgement.Unjudgeable("nobody can say where they may be"),
                            SocketRights.OTHER);
        };
    }

    private Places.Verdict place(LiveGrant grant, Presence presence) {
        return grant.account()
                .map(account -> places.judge(home, account, presence))
                .orElse(Places.Verdict.HERE);
    }

    private SocketRights rights(LiveGrant grant) {
        Optional<Account> account = grant.account().flatMap(accounts::find);
        Optional<AccountOrigin> origin = account.map(Account::origin);
        if (origin.filter(AccountOrigin.KIOSK::equals).isPresent()) {
            return SocketRights.KIOSK;
        }
        if (origin.filter(AccountOrigin.BREAK_GLASS::equals).isPresent()) {
            return SocketRights.EMERGENCY;
        }
        boolean isAdministrator =
                account.flatMap(found -> accounts.roleOf(found.id(), home))
                        .filter(Role.ADMIN::equals)
                        .isPresent();
        return isAdministrator ? SocketRights.ADMINISTRATOR : SocketRights.OTHER;
    }
}
