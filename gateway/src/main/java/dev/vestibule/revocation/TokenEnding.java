package dev.vestibule.revocation;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.UnconvergedReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.PersonalTokens.Ending;
import dev.vestibule.homeassistant.RefreshResult;
import dev.vestibule.homeassistant.UserUpdate;
import dev.vestibule.outbox.HeldToken;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.PersonalAccess;
import dev.vestibule.provisioning.PersonalAccess.Reason;
import dev.vestibule.revocation.OutboxWorker.People;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;

/// Ends one token at one Home Assistant that the gateway does not hold, such as a long-lived one:
/// as its person, since nobody else may. Waits, throws [HomeAssistantUnavailable] for an outage,
/// and may be called again. One thread at a time.
final class TokenEnding {

    private static final Agreement CANNOT =
            new Agreement.Unconverged(UnconvergedReason.TOKEN_LIVES_ON);
    private static final Agreement ASLEEP =
            new Agreement.Unconverged(UnconvergedReason.TOKENS_SLEEP);

    private final String ownClientId;
    private final Outbox outbox;
    private final HomeAssistant homeAssistant;
    private final HomeSignIn signIn;
    private final HomeUserStore homeUsers;
    private final AccountStore accounts;
    private final GrantService grants;
    private final HomeAgreement agreement;

    TokenEnding(
            String ownClientId,
            Outbox outbox,
            HomeAssistant homeAssistant,
            HomeSignIn signIn,
            People people,
            HomeAgreement agreement) {
        this.ownClientId = ownClientId;
        this.outbox = outbox;
        this.homeAssistant = homeAssistant;
        this.signIn = signIn;
        this.homeUsers = people.homeUsers();
        this.accounts = people.accounts();
        this.grants = people.grants();
        this.agreement = agreement;
    }

    /// @param tokenId Home Assistant's id of it
    Agreement end(OutboxItem item, String tokenId) {
        AccountId account = new AccountId(item.accountId());
        if (!outbox.isWished(item)) {
            // It ended with all others of its person in this very round.
            return new Agreement.Overtaken();
        }
        return homeUsers.closureOf(account, item.home()) == Closure.OPEN
                ? endAsPerson(account, item.home(), tokenId)
                : leaveToTheWhole(account, item.home());
    }

    private Agreement endAsPerson(AccountId account, HomeId home, String tokenId) {
        return switch (signIn.actAs(account, ownClientId)) {
            case PersonalAccess.NoUser _ -> new Agreement.Agreed();
            case PersonalAccess.Impossible(var reason) when reason == Reason.INACTIVE ->
                    endOfSwitchedOff(account, home);
            case PersonalAccess.Impossible _ -> endByHeldToken(account, home, tokenId);
            case PersonalAccess.Given(var access, var refreshToken) -> {
                Ending ending = homeAssistant.personalTokens().end(access, tokenId);
                homeAssistant.tokens().revoke(refreshToken);
                yield ending instanceof Ending.Ended ? new Agreement.Agreed() : CANNOT;
            }
        };
    }

    /// Somebody switched the person off in Home Assistant. Recent releases end all tokens at that;
    /// it is asked for once more, since an older release, or one before a backup, may have done it.
    /// Else the token sleeps until the user is switched on.
    private Agreement endOfSwitchedOff(AccountId account, HomeId home) {
        Optional<String> userId = homeUsers.userIdOf(account, home);
        if (!agreement.deactivationRemovesTokens() || userId.isEmpty()) {
            return ASLEEP;
        }
        List<String> known = outbox.wishesForTokens(home, account.value());
        return switch (homeAssistant.users().setActive(userId.get(), false)) {
            case UserUpdate.UserNotFound _ -> new Agreement.Agreed();
            case UserUpdate.Updated(var after) when !after.isActive() -> {
                outbox.endedWithTheOthers(known);
                yield new Agreement.Agreed();
            }
            case UserUpdate.Updated _, UserUpdate.Refused _ -> ASLEEP;
        };
    }

    /// A token that a client of theirs has asks for no second factor.
    private Agreement endByHeldToken(AccountId account, HomeId home, String tokenId) {
        for (HeldToken held : grants.heldTokensOf(account, home)) {
            if (agreement.refresh(held) instanceof RefreshResult.AccessToken(var access, _, _)
                    && homeAssistant.personalTokens().end(access, tokenId)
                            instanceof Ending.Ended) {
                return new Agreement.Agreed();
            }
        }
        return CANNOT;
    }

    /// The person is shut out at this home. The token may have come to be just after all others
    /// were seen to end (attack: a request for one that is under way while its person is shut out),
    /// so what was seen counts no more, and all of them are ended anew.
    private Agreement leaveToTheWhole(AccountId account, HomeId home) {
        homeUsers.noteDoubt(account, home, tx -> wishAnew(tx, account, home));
        return new Agreement.Agreed();
    }

    private void wishAnew(Handle tx, AccountId id, HomeId home) {
        Optional<Account> account = accounts.find(tx, id).filter(Account::isHere);
        if (account.isEmpty()) {
            // Removed: that takes the whole user.
            return;
        }
        boolean isWelcome = account.get().isActive() && accounts.roleOf(tx, id, home).isPresent();
        if (isWelcome) {
            outbox.letIn(tx, home, id.value());
        } else {
            outbox.shutOut(tx, home, id.value(), List.of());
        }
    }
}
