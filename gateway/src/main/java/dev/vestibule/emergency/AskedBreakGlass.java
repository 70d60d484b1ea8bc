package dev.vestibule.emergency;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.explain.Means;
import dev.vestibule.explain.Means.Demand;
import dev.vestibule.explain.Means.Hindrance;
import dev.vestibule.session.Reach;

import java.util.List;

/// What the emergency administrator would show: the console's code, which is made when it is
/// needed.
record AskedBreakGlass(AccountStore accounts, EmergencyAdministrators administrators)
        implements AskedWay {

    private static final String WAY = "break-glass";

    @Override
    public List<Means> meansOf(Account account, HomeId home) {
        if (account.origin() != AccountOrigin.BREAK_GLASS) {
            return List.of();
        }
        if (!account.isHere()) {
            return List.of(Means.missing(WAY, Hindrance.ACCOUNT_REMOVED));
        }
        return List.of(
                isOf(account, home)
                        ? new Means(
                                WAY,
                                new Means.Proof.Own(
                                        administrators.at(home, Reach.HOME), demands(home)))
                        : Means.missing(WAY, Hindrance.OTHER_HOMES_ADMINISTRATOR));
    }

    private List<Demand> demands(HomeId home) {
        return administrators.config(home).anywhere()
                ? List.of(Demand.CODE_OF_THE_CONSOLE)
                : List.of(Demand.CODE_OF_THE_CONSOLE, Demand.AT_HOME_UNLESS_CODE_FOR_ANYWHERE);
    }

    private boolean isOf(Account account, HomeId home) {
        return accounts.find(BreakGlass.administratorOf(home))
                .map(Account::id)
                .filter(account.id()::equals)
                .isPresent();
    }
}
