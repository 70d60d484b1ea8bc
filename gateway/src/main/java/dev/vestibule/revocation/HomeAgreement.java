package dev.vestibule.revocation;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.Reason.Family;
import dev.vestibule.audit.Reason.Of;
import dev.vestibule.audit.UnconvergedReason;
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
import dev.vestibule.outbox.Outbox;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.PersonalAccess;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.provisioning.Standing;
import dev.vestibule.secret.Secret;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Brings one Home Assistant into agreement about a person who was shut out, or let in again. Every
/// method waits, throws [HomeAssistantUnavailable] for an outage, and may be called again after any
/// step of it: what is done already is found done. One thread at a time.
///
/// Home Assistant lets no administrator end the tokens of somebody else, and before 2026.1 a
/// deactivated user's tokens only sleep: activated again, all of them live. So the tokens are ended
/// first, as the person, and the user is deactivated afterwards.
///
/// Each is done while no sign-in of the account is prepared or finished: one that opened the user
/// in between would be left with a deactivated user, or with a token that dies under it.
final class HomeAgreement {

    private final HomeId home;
    private final String ownClientId;
    private final HomeAssistant homeAssistant;
    private final HomeSignIn signIn;
    private final Wishes wishes;

    /// What the gateway wants of Home Assistant.
    record Wishes(Outbox outbox, HomeUserStore homeUsers, AccountStore accounts) {

        /// What was seen counts for this wish only: access may have ended anew meanwhile.
        void noteEmptied(OutboxItem item, AccountId account, boolean isEmptied) {
            homeUsers.noteEmptied(account, item.home(), isEmptied, tx -> outbox.isWished(tx, item));
        }
    }

    /// @param ownClientId our own address at this home, for tokens that are made and ended here
    HomeAgreement(
            HomeId home,
            String ownClientId,
            HomeAssistant homeAssistant,
            HomeSignIn signIn,
            Wishes wishes) {
        this.home = home;
        this.ownClientId = ownClientId;
        this.homeAssistant = homeAssistant;
        this.signIn = signIn;
        this.wishes = wishes;
    }

    /// Ends everything of a person's user, and deactivates the user where that is possible. Does
    /// nothing where a later wish has taken the place of this one.
    Agreement shutOut(OutboxItem item, List<HeldToken> held) {
        return whileWished(item, account -> shutOut(item, account, held));
    }

    private Agreement whileWished(OutboxItem item, Function<AccountId, Agreement> work) {
        AccountId account = new AccountId(item.accountId());
        return signIn.alone(
                account,
                () ->
                        wishes.outbox().isWished(item)
                                ? work.apply(account)
                                : new Agreement.Overtaken());
    }

    private Agreement shutOut(OutboxItem item, AccountId account, List<HeldToken> held) {
        Optional<HomeAssistantUser> user = userOf(account);
        if (wishes.homeUsers().closureOf(account, home) == Closure.OPEN) {
            // Let in again meanwhile; what was held is worth nothing either way.
            revokeEach(held);
            return new Agreement.Overtaken();
        }
        if (user.isEmpty()) {
            revokeEach(held);
            return new Agreement.Agreed();
        }
        boolean isEmptied = isEmptied(account, user.get(), held);
        wishes.noteEmptied(item, account, isEmptied);
        if (!isEmptied) {
            revokeEach(held);
        }
        return deactivate(item, account, user.get(), isEmptied);
    }

    /// Shuts a removed person's user out, and deletes it where the gateway had made it, which ends
    /// whatever nobody else could end. One who was there before stays deactivated, and theirs.
    Agreement remove(OutboxItem item, List<HeldToken> held) {
        return whileWished(item, account -> remove(item, account, held));
    }

    private Agreement remove(OutboxItem item, AccountId account, List<HeldToken> held) {
        Agreement agreement = shutOut(item, account, held);
        return switch (signIn.discard(account, agreement instanceof Agreement.Agreed)) {
            case DONE -> new Agreement.Agreed();
            case UNDONE -> agreement;
        };
    }

    /// Makes the user of a person who has not come to the door yet, so that they are a person of
    /// the house from the moment their directory says so.
    Agreement provision(OutboxItem item) {
        return whileWished(
                item, id -> welcome(id).map(this::provision).orElseGet(Agreement.Agreed::new));
    }

    private Agreement provision(Account account) {
        ProvisioningRequest request =
                new ProvisioningRequest(
                        account.id(), account.displayName(), InetAddress.getLoopbackAddress());
        return signIn.provision(request)
                ? discardWhereRemoved(account.id())
                : new Agreement.Unconverged(UnconvergedReason.LINKED_USER_GONE);
    }

    /// Attack: somebody is removed while their first user is being made, and the wish to delete it
    /// was written before there was one.
    private Agreement discardWhereRemoved(AccountId id) {
        if (wishes.accounts().find(id).filter(Account::isHere).isEmpty()) {
            var _ = signIn.discard(id, true);
        }
        return new Agreement.Agreed();
    }

    /// The account, where its person may be at this home.
    private Optional<Account> welcome(AccountId id) {
        return wishes.accounts()
                .find(id)
                .filter(Account::isActive)
                .filter(person -> wishes.accounts().roleOf(person.id(), home).isPresent());
    }

    /// Brings a person's user into the group of their role. What waited for that goes on.
    Agreement alignGroup(AccountId account) {
        signIn.alignGroup(account);
        return new Agreement.Agreed();
    }

    private Optional<HomeAssistantUser> userOf(AccountId account) {
        return wishes.homeUsers().userIdOf(account, home).flatMap(homeAssistant.users()::find);
    }

    /// A user who is inactive cannot have made tokens since theirs were seen to end; an active one
    /// can, so theirs are ended again.
    private boolean isEmptied(AccountId account, HomeAssistantUser user, List<HeldToken> held) {
        return user.isActive()
                ? endTokensOfNow(account, held)
                : wishes.homeUsers().closureOf(account, home) == Closure.CLOSED_AND_EMPTY;
    }

    /// A token that is known to have come to be before goes with the others; only of one that is
    /// heard of later nobody can say.
    private boolean endTokensOfNow(AccountId account, List<HeldToken> held) {
        List<String> known = wishes.outbox().wishesForTokens(home, account.value());
        boolean isEnded = endTokens(account, held);
        if (isEnded) {
            wishes.outbox().endedWithTheOthers(known);
        }
        return isEnded;
    }

    /// Acts as the person: with a token that a client of theirs had, which asks for no second
    /// factor, else by the hidden credential.
    private boolean endTokens(AccountId account, List<HeldToken> held) {
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

    RefreshResult refresh(HeldToken token) {
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

    private Agreement deactivate(
            OutboxItem item, AccountId account, HomeAssistantUser user, boolean isEmptied) {
        if (user.isOwner()) {
            return emptied(isEmptied, UnconvergedReason.OWNER_STAYS);
        }
        if (homeAssistant.isGatewaysOwn(user.id())) {
            return emptied(isEmptied, UnconvergedReason.GATEWAYS_OWN_USER);
        }
        return switch (homeAssistant.users().setActive(user.id(), false)) {
            case UserUpdate.UserNotFound _ -> new Agreement.Agreed();
            case UserUpdate.Refused(var code) ->
                    emptied(isEmptied, new Of(Family.DEACTIVATION_REFUSED, code));
            case UserUpdate.Updated(var after) when after.isActive() ->
                    throw new HomeAssistantUnavailable("Home Assistant left a user active");
            case UserUpdate.Updated _ -> {
                if (!isEmptied && deactivationRemovesTokens()) {
                    wishes.noteEmptied(item, account, true);
                    yield new Agreement.Agreed();
                }
                yield emptied(isEmptied, UnconvergedReason.TOKENS_SLEEP);
            }
        };
    }

    private static Agreement emptied(boolean isEmptied, Reason otherwise) {
        return isEmptied ? new Agreement.Agreed() : new Agreement.Unconverged(otherwise);
    }

    /// Whether this release ends a user's tokens when the user is deactivated.
    boolean deactivationRemovesTokens() {
        return homeAssistant.status() instanceof HomeAssistantStatus.Connected(_, var capabilities)
                && capabilities.deactivationRemovesTokens();
    }

    /// Gives the user of a person who may come in again the group of their role, activates them,
    /// ends what of before is left, looks that none is, and only then opens the user here. Where
    /// nobody can act as the person, that waits for their next sign-in, unless nothing was left
    /// when they were shut out. Whom somebody switched off in Home Assistant is let in only after a
    /// comparison has seen them active again.
    Agreement letIn(OutboxItem item) {
        return whileWished(item, this::letIn);
    }

    private Agreement letIn(AccountId id) {
        Optional<Account> account = welcome(id);
        Closure closure = wishes.homeUsers().closureOf(id, home);
        if (account.isEmpty() || closure == Closure.OPEN || isSwitchedOff(id)) {
            return new Agreement.Agreed();
        }
        Optional<HomeAssistantUser> user = userOf(id);
        if (user.isEmpty()) {
            return open(account.get());
        }
        boolean wasActive = user.get().isActive();
        bringIntoGroup(id);
        activate(user.get());
        return switch (signIn.actAs(id, ownClientId)) {
            case PersonalAccess.NoUser _ -> new Agreement.Agreed();
            case PersonalAccess.Impossible _
                    when closure == Closure.CLOSED_AND_EMPTY && !wasActive ->
                    open(account.get());
            case PersonalAccess.Impossible(var reason) -> sleepAgain(user.get(), reason);
            case PersonalAccess.Given(var access, var refreshToken) -> {
                Ending ending = signIn.endBefore(id, access);
                homeAssistant.tokens().revoke(refreshToken);
                yield ending instanceof Ending.Ended
                        ? open(account.get())
                        : sleepAgain(user.get(), PersonalAccess.Reason.REFUSED);
            }
        };
    }

    /// Attack: an administrator loses that role and gets a lesser one, and their user wakes as an
    /// administrator. A home that is being left gives its users the groups of before.
    private void bringIntoGroup(AccountId id) {
        if (wishes.homeUsers().isServed(home)) {
            signIn.alignGroup(id);
        }
    }

    private boolean isSwitchedOff(AccountId id) {
        return wishes.homeUsers().standingOf(id, home) == Standing.INACTIVE;
    }

    /// Where access ended anew in between, the user stays closed, and the wish that came with that
    /// is next.
    private Agreement open(Account account) {
        wishes.homeUsers().open(account.id(), account.epoch(), home);
        return new Agreement.Agreed();
    }

    private void activate(HomeAssistantUser user) {
        if (!user.isActive()) {
            require(homeAssistant.users().setActive(user.id(), true), true);
        }
    }

    /// With tokens of before that cannot be ended now, the user sleeps on until the person comes.
    private Agreement sleepAgain(HomeAssistantUser user, PersonalAccess.Reason reason) {
        if (!user.isOwner() && !homeAssistant.isGatewaysOwn(user.id())) {
            require(homeAssistant.users().setActive(user.id(), false), false);
        }
        return new Agreement.Unconverged(
                switch (reason) {
                    case SECOND_FACTOR -> UnconvergedReason.SECOND_FACTOR;
                    case INACTIVE, REFUSED -> UnconvergedReason.NOBODY_LET_IN;
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
