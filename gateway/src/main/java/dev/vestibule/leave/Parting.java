package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.CredentialAddition;
import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRequest;
import dev.vestibule.homeassistant.UserUpdate;
import dev.vestibule.provisioning.Discarding;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.Trace;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// Parts the gateway from one user. Each step finds done what an earlier try did; the caller sees
/// to it that nobody signs the user in meanwhile, and that no other user is parted from. Waits, and
/// throws [HomeAssistantUnavailable] where something was not done.
final class Parting {

    private static final Logger LOG = LoggerFactory.getLogger(Parting.class);

    /// More people of one name are not tried.
    private static final int NAMES_MAX = 100;

    private final HomeId home;
    private final String ownClientId;
    private final HomeAssistant homeAssistant;
    private final HomeAssistantUsers users;
    private final HomeSignIn signIn;
    private final NewLogins logins;
    private final LoginFile file;

    Parting(
            HomeId home,
            String ownClientId,
            HomeAssistant homeAssistant,
            HomeSignIn signIn,
            NewLogins logins,
            LoginFile file) {
        this.home = home;
        this.ownClientId = ownClientId;
        this.homeAssistant = homeAssistant;
        this.users = homeAssistant.users();
        this.signIn = signIn;
        this.logins = logins;
        this.file = file;
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
                logins.forget(home, account.id());
                yield fate;
            }
        };
    }

    private void shutOut(Trace trace, Account account, Optional<Fate.GetsGroupsBack> groups) {
        switchOff(user(trace));
        groups.ifPresent(back -> putBack(trace, back));
        dropHidden(trace);
        takeBack(trace, account);
    }

    /// The login first, and the hidden credential only when the user was seen to have it: an end at
    /// any moment leaves them at least one.
    private String giveLogin(Instant since, Trace trace, Account account, String username) {
        Optional<NewLogin> begun = logins.find(home, account.id());
        NewLogin login = begun.orElseGet(() -> logins.begin(home, account.id(), username));
        if (!login.isGiven()) {
            login =
                    give(
                            since,
                            user(trace),
                            login,
                            NewUsername.of(account.username()),
                            begun.isPresent());
            logins.noteGiven(home, login, user(trace).id());
            LOG.info("event=login-given home={} user={}", home, user(trace).id());
        }
        if (!Fates.hasOther(trace, user(trace))) {
            // Somebody took it away there. It is given again by the next try.
            logins.forget(home, account.id());
            throw new HomeAssistantUnavailable(
                    "the new login of " + account.username() + " is gone again");
        }
        dropHidden(trace);
        return login.username();
    }

    /// @param isPerhapsThere whether an earlier try may have given it, whose answer was lost
    private NewLogin give(
            Instant since,
            HomeAssistantUser user,
            NewLogin first,
            String wanted,
            boolean isPerhapsThere) {
        file.write(since, logins.list(home));
        if (isAdded(user, first)
                || (isPerhapsThere && isOurs(user, first) && isAddedAgain(user, first))) {
            return first;
        }
        for (int attempt = 2; attempt <= NAMES_MAX; attempt++) {
            NewLogin login = logins.rename(home, first, NewUsername.other(wanted, attempt));
            file.write(since, logins.list(home));
            // A taken name is somebody else's for certain, and is not tried: each wrong password
            // is one more towards Home Assistant's ban of this machine.
            if (isAdded(user, login)) {
                return login;
            }
        }
        throw new HomeAssistantUnavailable("every user name like " + wanted + " is taken");
    }

    /// @return false where the user name is taken
    private boolean isAdded(HomeAssistantUser user, NewLogin login) {
        return switch (users.addCredential(user.id(), login.username(), login.password())) {
            case CredentialAddition.Added _ -> {
                requireLinked(user, login);
                yield true;
            }
            case CredentialAddition.UsernameTaken _ -> false;
            case CredentialAddition.UserNotFound _ -> throw refused("user_not_found");
            case CredentialAddition.Refused(var code) -> throw refused(code);
        };
    }

    /// Attack, or bad luck: Home Assistant ended after it had written the credential, and before it
    /// gave it to the user. Such a one signs in as a fresh administrator.
    private boolean isAddedAgain(HomeAssistantUser user, NewLogin login) {
        remove(login.username());
        return isAdded(users.find(user.id()).orElseThrow(() -> refused("not_found")), login);
    }

    private boolean isOurs(HomeAssistantUser user, NewLogin login) {
        boolean isSomebodyElses =
                users.list().stream()
                        .anyMatch(
                                other ->
                                        !other.id().equals(user.id())
                                                && other.username().equals(login.username()));
        return !isSomebodyElses && opens(login);
    }

    /// Attack: a credential that belongs to no user signs in as a fresh administrator.
    private void requireLinked(HomeAssistantUser before, NewLogin login) {
        HomeAssistantUser user = users.find(before.id()).orElseThrow(() -> refused("not_found"));
        if (user.passwordCredentials() <= before.passwordCredentials()) {
            CredentialRemoval removal = users.removeCredential(login.username());
            LOG.error("event=new-login-unlinked user={} removal={}", user.id(), removal);
            throw refused("not linked to its user");
        }
    }

    /// The password is random, so whatever it opens is what an earlier try made. Its code is never
    /// redeemed.
    private boolean opens(NewLogin login) {
        LoginFlowResult result =
                homeAssistant
                        .loginFlows()
                        .signIn(
                                new LoginRequest(
                                        login.username(),
                                        login.password(),
                                        ownClientId,
                                        ownClientId,
                                        InetAddress.getLoopbackAddress()));
        return switch (result) {
            case LoginFlowResult.Code _ -> true;
            case LoginFlowResult.MfaRequired(var step) -> {
                homeAssistant.loginFlows().abandon(step);
                yield true;
            }
            case LoginFlowResult.InvalidCredentials _ -> false;
            case LoginFlowResult.Refused _,
                    LoginFlowResult.Aborted _,
                    LoginFlowResult.WrongMfaCode _ ->
                    throw refused("a login cannot be tried");
        };
    }

    /// Whoever was shut out between two tries must not find a login when somebody activates them.
    /// The hidden credential is gone, so that Home Assistant shows by name what an earlier try
    /// gave.
    private void takeBack(Trace trace, Account account) {
        logins.find(home, account.id())
                .ifPresent(
                        login -> {
                            boolean isTheirs =
                                    login.isGiven()
                                            || user(trace).username().equals(login.username());
                            if (isTheirs) {
                                remove(login.username());
                            }
                            logins.forget(home, account.id());
                        });
    }

    private void dropHidden(Trace trace) {
        remove(trace.hiddenName());
    }

    private void remove(String username) {
        switch (users.removeCredential(username)) {
            case CredentialRemoval.Removed _, CredentialRemoval.NotFound _ -> {}
            case CredentialRemoval.Refused(var code) -> throw refused(code);
        }
    }

    private void putBack(Trace trace, Fate.GetsGroupsBack back) {
        HomeAssistantUser user = user(trace);
        UserUpdate update = users.setGroups(user.id(), back.to());
        if (!(update instanceof UserUpdate.Updated(var after))
                || !after.groupIds().equals(back.to())) {
            throw new HomeAssistantUnavailable(
                    "the groups of " + user.name() + " stay as they are");
        }
    }

    private void switchOff(HomeAssistantUser user) {
        if (!user.isActive()) {
            return;
        }
        UserUpdate update = users.setActive(user.id(), false);
        if (!(update instanceof UserUpdate.Updated(var after)) || after.isActive()) {
            throw new HomeAssistantUnavailable(user.name() + " was not deactivated");
        }
    }

    private void discard(Account account) {
        if (signIn.discard(account.id(), true) == Discarding.UNDONE) {
            throw new HomeAssistantUnavailable(
                    "the user of " + account.displayName() + " was not deleted");
        }
    }

    private HomeAssistantUser user(Trace trace) {
        Optional<HomeAssistantUser> user = trace.userId().flatMap(users::find);
        return user.orElseThrow(() -> refused("a user went away meanwhile"));
    }

    private static HomeAssistantUnavailable refused(String code) {
        return new HomeAssistantUnavailable("Home Assistant refused: " + code);
    }
}
