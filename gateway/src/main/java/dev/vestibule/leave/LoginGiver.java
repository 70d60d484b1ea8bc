package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.CredentialAddition;
import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// Gives people logins of their own, and takes them back. Each is written down before Home
/// Assistant hears of it, so that an answer that was lost loses no password. Waits; one user at a
/// time.
final class LoginGiver {

    private static final Logger LOG = LoggerFactory.getLogger(LoginGiver.class);

    /// More people of one name are not tried.
    private static final int NAMES_MAX = 100;

    private final HomeId home;
    private final String ownClientId;
    private final HomeAssistant homeAssistant;
    private final HomeAssistantUsers users;
    private final Credentials credentials;
    private final NewLogins logins;
    private final LoginFile file;

    /// @param ownClientId our own address at this home
    LoginGiver(
            HomeId home,
            String ownClientId,
            HomeAssistant homeAssistant,
            NewLogins logins,
            LoginFile file) {
        this.home = home;
        this.ownClientId = ownClientId;
        this.homeAssistant = homeAssistant;
        this.users = homeAssistant.users();
        this.credentials = new Credentials(users);
        this.logins = logins;
        this.file = file;
    }

    /// Gives a user a login, or finds that an earlier try has.
    ///
    /// @param since when the leaving began
    /// @param username as it is to be, unless somebody has it
    /// @return as it is
    String give(Instant since, HomeAssistantUser user, Account account, String username) {
        Optional<NewLogin> begun = logins.find(home, account.id());
        NewLogin login = begun.orElseGet(() -> logins.begin(home, account.id(), username));
        if (!login.isGiven()) {
            login = give(since, user, login, NewUsername.of(account.username()), begun.isPresent());
            logins.noteGiven(home, login, user.id());
            LOG.info("event=login-given home={} user={}", home, user.id());
        }
        return login.username();
    }

    /// Somebody took the login away at Home Assistant. It is given again by the next try.
    void forget(AccountId account) {
        logins.forget(home, account);
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
        throw new PartingRefused("every user name like " + wanted + " is taken");
    }

    /// @return false where the user name is taken
    private boolean isAdded(HomeAssistantUser user, NewLogin login) {
        return switch (users.addCredential(user.id(), login.username(), login.password())) {
            case CredentialAddition.Added _ -> {
                requireLinked(user, login);
                yield true;
            }
            case CredentialAddition.UsernameTaken _ -> false;
            case CredentialAddition.UserNotFound _ -> throw PartingRefused.by("user_not_found");
            case CredentialAddition.Refused(var code) -> throw PartingRefused.by(code);
        };
    }

    /// Attack, or bad luck: Home Assistant ended after it had written the credential, and before it
    /// gave it to the user. Such a one signs in as a fresh administrator.
    private boolean isAddedAgain(HomeAssistantUser user, NewLogin login) {
        credentials.remove(login.username());
        return isAdded(
                users.find(user.id()).orElseThrow(() -> PartingRefused.by("not_found")), login);
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
        HomeAssistantUser user =
                users.find(before.id()).orElseThrow(() -> PartingRefused.by("not_found"));
        if (user.passwordCredentials() <= before.passwordCredentials()) {
            CredentialRemoval removal = users.removeCredential(login.username());
            LOG.error("event=new-login-unlinked user={} removal={}", user.id(), removal);
            throw PartingRefused.by("not linked to its user");
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
                    throw PartingRefused.by("a login cannot be tried");
        };
    }

    /// Whoever was shut out between two tries must not find a login when somebody activates them.
    /// The hidden credential is gone, so that Home Assistant shows by name what an earlier try
    /// gave.
    void takeBack(HomeAssistantUser user, AccountId account) {
        Optional<NewLogin> login = logins.find(home, account);
        login.filter(one -> one.isGiven() || user.username().equals(one.username()))
                .ifPresent(theirs -> credentials.remove(theirs.username()));
        login.ifPresent(_ -> logins.forget(home, account));
    }
}
