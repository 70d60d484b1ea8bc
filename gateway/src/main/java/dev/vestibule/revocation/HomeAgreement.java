package dev.vestibule.revocation;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.HomeAssistantTokens;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.PersonalTokens.Ending;
import dev.vestibule.homeassistant.RefreshResult;
import dev.vestibule.homeassistant.UserUpdate;
import dev.vestibule.outbox.HeldToken;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.PersonalAccess;
import dev.vestibule.provisioning.PersonalAccess.Reason;
import dev.vestibule.secret.Secret;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Brings one Home Assistant into agreement about a person who was shut out, or let in again. Every
/// method waits, throws [HomeAssistantUnavailable] for an outage, and may be called again after any
/// step of it: what is done already is found done. One thread at a time.
///
/// Home Assistant lets no administrator end the tokens of somebody else, and before 2026.1 a
/// deactivated user's tokens only sleep: activated again, all of them live. So the tokens are ended
/// first, as the person, and the user is deactivated afterwards.
final class HomeAgreement {

    private final HomeId home;
    private final String ownClientId;
    private final HomeAssistant homeAssistant;
    private final HomeSignIn signIn;
    private final HomeUserStore homeUsers;
    private final AccountStore accounts;

    /// @param ownClientId our own address at this home, for tokens that are made and ended here
    HomeAgreement(
            HomeId home,
            String ownClientId,
            HomeAssistant homeAssistant,
            HomeSignIn signIn,
            HomeUserStore homeUsers,
            AccountStore accounts) {
        this.home = home;
        this.ownClientId = ownClientId;
        this.homeAssistant = homeAssistant;
        this.signIn = signIn;
        this.homeUsers = homeUsers;
        this.accounts = accounts;
    }

    /// Ends everything of a person's user, and deactivates the user where that is possible.
    Agreement shutOut(AccountId account, List<HeldToken> held) {
        if (homeUsers.closureOf(account, home) == Closure.OPEN) {
            // Let in again meanwhile; what was held is worth nothing either way.
            revokeEach(held);
            return new Agreement.Agreed();
        }
        Optional<HomeAssistantUser> user = userOf(account);
        if (user.isEmpty()) {
            revokeEach(held);
            return new Agreement.Agreed();
        }
        boolean isEmptied = isEmptied(account) || endTokens(account, user.get(), held);
        if (isEmptied) {
            homeUsers.noteEmptied(account, home);
        } else {
            revokeEach(held);
        }
        return deactivate(account, user.get(), isEmptied);
    }

    /// Shuts a removed person's user out, and deletes it where the gateway had made it, which ends
    /// whatever nobody else could end. Then it is forgotten whose it was.
    Agreement remove(AccountId account, List<HeldToken> held) {
        Agreement agreement = shutOut(account, held);
        return switch (signIn.discard(account, agreement instanceof Agreement.Agreed)) {
            case GONE -> new Agreement.Agreed();
            case STAYS -> agreement;
        };
    }

    private Optional<HomeAssistantUser> userOf(AccountId account) {
        return homeUsers.userIdOf(account, home).flatMap(homeAssistant.users()::find);
    }

    private boolean isEmptied(AccountId account) {
        return homeUsers.closureOf(account, home) == Closure.CLOSED_AND_EMPTY;
    }

    /// Acts as the person: with a token that a client of theirs had, which asks for no second
    /// factor, else by the hidden credential.
    private boolean endTokens(AccountId account, HomeAssistantUser user, List<HeldToken> held) {
        if (!user.isActive()) {
            return false;
        }
        for (HeldToken token : held) {
            if (refresh(token) instanceof RefreshResult.AccessToken(var access, _, _)
                    && endAll(access, token.refreshToken())) {
                return true;
            }
        }
        return signIn.actAs(account, ownClientId)
                        instanceof PersonalAccess.Given(var access, var refreshToken)
                && endAll(access, refreshToken);
    }

    private RefreshResult refresh(HeldToken token) {
        HomeAssistantTokens tokens = homeAssistant.tokens();
        InetAddress here = InetAddress.getLoopbackAddress();
        return token.clientId().isEmpty()
                ? tokens.refreshWithoutClient(token.refreshToken(), here)
                : tokens.refresh(token.refreshToken(), token.clientId(), here);
    }

    /// Recent releases let the token that asks live on for two seconds, so it is revoked besides.
    private boolean endAll(Secret accessToken, Secret refreshToken) {
        boolean isEnded =
                homeAssistant.personalTokens().endAll(accessToken) instanceof Ending.Ended;
        homeAssistant.tokens().revoke(refreshToken);
        return isEnded;
    }

    private void revokeEach(List<HeldToken> held) {
        held.forEach(token -> homeAssistant.tokens().revoke(token.refreshToken()));
    }

    private Agreement deactivate(AccountId account, HomeAssistantUser user, boolean isEmptied) {
        if (user.isOwner()) {
            return emptied(isEmptied, "the owner of Home Assistant cannot be deactivated");
        }
        return switch (homeAssistant.users().setActive(user.id(), false)) {
            case UserUpdate.UserNotFound _ -> new Agreement.Agreed();
            case UserUpdate.Refused(var code) ->
                    emptied(isEmptied, "Home Assistant refused to deactivate the user: " + code);
            case UserUpdate.Updated(var after) when after.isActive() ->
                    throw new HomeAssistantUnavailable("Home Assistant left a user active");
            case UserUpdate.Updated _ -> {
                if (!isEmptied && deactivationRemovesTokens()) {
                    homeUsers.noteEmptied(account, home);
                    yield new Agreement.Agreed();
                }
                yield emptied(
                        isEmptied,
                        "the user is deactivated, and tokens of theirs sleep in Home Assistant,"
                                + " where nobody but they can end them");
            }
        };
    }

    private static Agreement emptied(boolean isEmptied, String otherwise) {
        return isEmptied ? new Agreement.Agreed() : new Agreement.Unconverged(otherwise);
    }

    private boolean deactivationRemovesTokens() {
        return homeAssistant.status() instanceof HomeAssistantStatus.Connected(_, var capabilities)
                && capabilities.deactivationRemovesTokens();
    }

    /// Activates the user of a person who may come in again, ends what of before is left, looks
    /// that none is, and only then opens the user here. Where nobody can act as the person, that
    /// waits for their next sign-in.
    Agreement letIn(AccountId id) {
        Optional<Account> account = accounts.find(id).filter(Account::isActive);
        Closure closure = homeUsers.closureOf(id, home);
        if (account.isEmpty() || closure == Closure.OPEN) {
            return new Agreement.Agreed();
        }
        Optional<HomeAssistantUser> user = userOf(id);
        if (user.isEmpty() || closure == Closure.CLOSED_AND_EMPTY) {
            user.ifPresent(this::activate);
            homeUsers.open(id, account.get().epoch(), home);
            return new Agreement.Agreed();
        }
        activate(user.get());
        return switch (signIn.actAs(id, ownClientId)) {
            case PersonalAccess.NoUser _ -> new Agreement.Agreed();
            case PersonalAccess.Impossible(var reason) -> sleepAgain(user.get(), reason);
            case PersonalAccess.Given(var access, var refreshToken) -> {
                Ending ending = homeAssistant.personalTokens().endOthers(access);
                homeAssistant.tokens().revoke(refreshToken);
                if (ending instanceof Ending.Ended) {
                    homeUsers.open(id, account.get().epoch(), home);
                    yield new Agreement.Agreed();
                }
                yield sleepAgain(user.get(), Reason.REFUSED);
            }
        };
    }

    private void activate(HomeAssistantUser user) {
        if (!user.isActive()) {
            require(homeAssistant.users().setActive(user.id(), true), true);
        }
    }

    /// With tokens of before that cannot be ended now, the user sleeps on until the person comes.
    private Agreement sleepAgain(HomeAssistantUser user, Reason reason) {
        if (!user.isOwner()) {
            require(homeAssistant.users().setActive(user.id(), false), false);
        }
        return new Agreement.Unconverged(
                switch (reason) {
                    case SECOND_FACTOR ->
                            "the login has a second factor; it is finished when the person signs"
                                    + " in";
                    case INACTIVE, REFUSED ->
                            "Home Assistant lets nobody in as this user; it is finished when the"
                                    + " person signs in";
                });
    }

    private static void require(UserUpdate update, boolean isActive) {
        boolean isAsWished =
                update instanceof UserUpdate.Updated(var after) && after.isActive() == isActive;
        if (!isAsWished) {
            throw new HomeAssistantUnavailable("Home Assistant did not change a user: " + update);
        }
    }
}
