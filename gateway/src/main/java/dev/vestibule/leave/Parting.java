package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.homeassistant.UserUpdate;
import dev.vestibule.provisioning.Discarding;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.OwnLogin;
import dev.vestibule.provisioning.Trace;

import java.time.Instant;
import java.util.Optional;

/// Parts the gateway from one user. Each step finds done what an earlier try did; the caller sees
/// to it that nobody signs the user in meanwhile, and that no other user is parted from. Waits,
/// throws [PartingRefused] where Home Assistant did not do something, and
/// [dev.vestibule.homeassistant.HomeAssistantUnavailable] for an outage.
final class Parting {

    private final HomeAssistantUsers users;
    private final Credentials credentials;
    private final HomeSignIn signIn;
    private final LoginGiver logins;
    private final Leftovers leftovers;

    Parting(HomeAssistantUsers users, HomeSignIn signIn, LoginGiver logins, Leftovers leftovers) {
        this.users = users;
        this.credentials = new Credentials(users);
        this.signIn = signIn;
        this.logins = logins;
        this.leftovers = leftovers;
    }

    /// @return what became of the user, with the user name that they got
    Fate part(Instant since, Trace trace, Account account, Fate fate) {
        return switch (fate) {
            case Fate.GetsLogin(var username, var groups) -> {
                groups.ifPresent(back -> putBack(trace, back));
                yield new Fate.GetsLogin(giveLogin(since, trace, account, username), groups);
            }
            case Fate.HasLogin _, Fate.WasBefore _, Fate.ComesBack _ -> {
                dropHidden(trace);
                yield fate;
            }
            case Fate.GetsGroupsBack back -> {
                putBack(trace, back);
                dropHidden(trace);
                yield fate;
            }
            case Fate.StaysOff(var groups) -> {
                shutOut(trace, account, groups);
                yield fate;
            }
            case Fate.IsNotBack(var groups) -> {
                shutOut(trace, account, groups);
                yield fate;
            }
            case Fate.IsDeleted _ -> {
                discard(account);
                yield fate;
            }
            case Fate.IsGone _ -> {
                dropHidden(trace);
                logins.forget(account.id());
                yield fate;
            }
        };
    }

    private void shutOut(Trace trace, Account account, Optional<Fate.GetsGroupsBack> groups) {
        switchOff(user(trace));
        groups.ifPresent(back -> putBack(trace, back));
        dropHidden(trace);
        logins.takeBack(user(trace), account.id());
    }

    /// The login first, and the hidden credential only when the user was seen to have it: an end at
    /// any moment leaves them at least one.
    private String giveLogin(Instant since, Trace trace, Account account, String username) {
        leftovers.requireNone(user(trace));
        String given = logins.give(since, user(trace), account, username);
        HomeAssistantUser after = user(trace);
        if (!OwnLogin.isPassword(after, after.username())) {
            logins.forget(account.id());
            throw new PartingRefused("the new login is gone again");
        }
        dropHidden(trace);
        return given;
    }

    private void dropHidden(Trace trace) {
        credentials.remove(trace.hiddenName());
    }

    private void putBack(Trace trace, Fate.GetsGroupsBack back) {
        HomeAssistantUser user = user(trace);
        UserUpdate update = users.setGroups(user.id(), back.to());
        if (!(update instanceof UserUpdate.Updated(var after))
                || !after.groupIds().equals(back.to())) {
            throw new PartingRefused("the groups of " + user.name() + " stay as they are");
        }
    }

    private void switchOff(HomeAssistantUser user) {
        if (!user.isActive()) {
            return;
        }
        UserUpdate update = users.setActive(user.id(), false);
        if (!(update instanceof UserUpdate.Updated(var after)) || after.isActive()) {
            throw new PartingRefused(user.name() + " was not deactivated");
        }
    }

    private void discard(Account account) {
        if (signIn.discard(account.id(), true) == Discarding.UNDONE) {
            throw new PartingRefused("the user of " + account.displayName() + " was not deleted");
        }
    }

    private HomeAssistantUser user(Trace trace) {
        Optional<HomeAssistantUser> user = trace.userId().flatMap(users::find);
        return user.orElseThrow(() -> PartingRefused.by("a user went away meanwhile"));
    }
}
