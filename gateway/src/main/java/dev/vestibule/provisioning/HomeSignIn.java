package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.TokenIdLookup;
import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantTokens;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginFlows;
import dev.vestibule.homeassistant.LoginRefusal;
import dev.vestibule.homeassistant.LoginRequest;
import dev.vestibule.homeassistant.PersonalTokens;
import dev.vestibule.homeassistant.PersonalTokens.Ending;
import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.provisioning.PersonalAccess.Reason;
import dev.vestibule.secret.Secret;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;

/// Signs a person whom the gateway knows in at a home, and gives their client an authorization
/// code. Safe to share between threads. Every method waits, and throws [HomeAssistantUnavailable]
/// for an outage; what is half-made then is finished by the next call.
public final class HomeSignIn {

    private final HomeUserProvisioner provisioner;
    private final LoginFlows loginFlows;
    private final HomeAssistantTokens tokens;
    private final PersonalTokens personalTokens;
    private final HomeId home;
    private final GrantService grants;
    private final HomeUserStore store;
    private final AccountLocks locks = new AccountLocks();

    /// @param credentialKey the home's own key, from which hidden passwords are derived
    public HomeSignIn(
            HomeId home,
            Secret credentialKey,
            HomeAssistant homeAssistant,
            GrantService grants,
            HomeUserStore store,
            AccountStore accounts) {
        this.provisioner =
                new HomeUserProvisioner(
                        home,
                        homeAssistant.users(),
                        store,
                        accounts,
                        new HiddenCredentials(credentialKey, homeAssistant.users()));
        this.loginFlows = homeAssistant.loginFlows();
        this.tokens = homeAssistant.tokens();
        this.personalTokens = homeAssistant.personalTokens();
        this.home = home;
        this.grants = grants;
        this.store = store;
    }

    /// Makes or mends the person's user, and runs the login flow for the client.
    ///
    /// @param named the address that is named to Home Assistant, which bans it after wrong codes
    /// @param clientId the client's own, checked by the caller
    /// @param redirectUri the client's own, checked by the caller
    public HomeSignInResult signIn(
            ProvisioningRequest request, InetAddress named, String clientId, String redirectUri) {
        return switch (prepare(request)) {
            case Preparation.Prepared(var credential) ->
                    new HomeSignInResult.Answered(
                            credential.userId(),
                            logIn(
                                    request.account(),
                                    credential,
                                    request(credential, clientId, redirectUri, named)));
            case Preparation.AttachedUserGone _ -> new HomeSignInResult.AttachedUserGone();
        };
    }

    /// Gives an existing Home Assistant user, perhaps the owner, to an account. The user's own
    /// password stays as it is. No sign-in of the account runs meanwhile.
    ///
    /// @param by who decided it, for the audit log
    public AttachResult attach(AccountId account, String userId, Actor by, Attachment attachment) {
        return locks.alone(account, () -> provisioner.attach(account, userId, by, attachment));
    }

    /// Takes a hidden credential away that no account has any more.
    ///
    /// @throws HomeAssistantUnavailable where it cannot be asked
    public CredentialRemoval dropCredential(String username) {
        return provisioner.dropCredential(username);
    }

    /// Whether signing this account in leads to this user, now.
    public boolean isUserOf(AccountId account, String userId) {
        return provisioner.isUserOf(account, userId);
    }

    /// Whether the account has a user in Home Assistant already.
    public boolean hasUser(AccountId account) {
        return provisioner.hasUser(account);
    }

    /// The account's user as Home Assistant describes them now; empty where there is none, or none
    /// any more.
    public Optional<HomeAssistantUser> userOf(AccountId account) {
        return provisioner.userOf(account);
    }

    /// Whether the account's user has a name and password besides the hidden ones.
    public boolean hasLoginOfTheirOwn(AccountId account, HomeAssistantUser user) {
        return store.find(account, home)
                .filter(known -> OwnLogin.isPassword(user, known.hiddenName().username()))
                .isPresent();
    }

    /// Whether the account has a user who is older than the account.
    public boolean hasUserOfBefore(AccountId account) {
        return store.hasAttached(account, home);
    }

    /// Gives a person's user the group of their role, without signing them in there. Who has no
    /// user yet gets none.
    ///
    /// @throws HomeAssistantUnavailable where the role could not be given
    public void applyRole(ProvisioningRequest request) {
        if (provisioner.hasUser(request.account())) {
            prepare(request);
        }
    }

    /// Makes or mends a person's user ahead of their sign-in.
    ///
    /// @return false where the user whom an administrator linked is no more
    /// @throws HomeAssistantUnavailable where it could not be done, or the person may not come in
    ///   any more
    public boolean provision(ProvisioningRequest request) {
        return prepare(request) instanceof Preparation.Prepared;
    }

    /// Brings the user of an account, where there is one, into the group of the account's role.
    ///
    /// @throws HomeAssistantUnavailable where that could not be done
    public void alignGroup(AccountId account) {
        locks.alone(
                account,
                () -> {
                    provisioner.alignGroup(account);
                    return true;
                });
    }

    /// Parts an account from its user for good. A user of our making is deleted; one who was there
    /// before loses the hidden credential and stays, and stays the account's: it opens nothing to
    /// anybody, unless an administrator gives it to somebody else.
    ///
    /// @param isShutOut whether nothing of the user lives on; until then one who was there before
    ///   is kept, with the credential by which the gateway can still act as them
    public Discarding discard(AccountId account, boolean isShutOut) {
        return locks.alone(account, () -> provisioner.discard(account, isShutOut));
    }

    /// Acts as the account's user when the person is not there.
    ///
    /// @param clientId our own address, by which the user would know the token in their list
    public PersonalAccess actAs(AccountId account, String clientId) {
        Optional<HiddenCredential> credential =
                locks.alone(account, () -> provisioner.credentialOf(account));
        if (credential.isEmpty()) {
            return new PersonalAccess.NoUser();
        }
        LoginRequest login =
                request(credential.get(), clientId, clientId, InetAddress.getLoopbackAddress());
        // Where the home is being left, no credential is made anew.
        LoginFlowResult result =
                store.isServed(home)
                        ? logIn(account, credential.get(), login)
                        : loginFlows.signIn(login);
        return switch (result) {
            case LoginFlowResult.Code(var code) -> redeem(code, login);
            case LoginFlowResult.MfaRequired(var step) -> {
                loginFlows.abandon(step);
                yield new PersonalAccess.Impossible(Reason.SECOND_FACTOR);
            }
            case LoginFlowResult.Refused(var reason) when reason == LoginRefusal.INACTIVE ->
                    new PersonalAccess.Impossible(Reason.INACTIVE);
            case LoginFlowResult.Refused _,
                    LoginFlowResult.Aborted _,
                    LoginFlowResult.WrongMfaCode _,
                    LoginFlowResult.InvalidCredentials _ ->
                    new PersonalAccess.Impossible(Reason.REFUSED);
        };
    }

    private PersonalAccess redeem(AuthorizationCode code, LoginRequest login) {
        return switch (tokens.redeem(code, login.clientId(), login.client())) {
            case RedeemResult.Tokens made ->
                    new PersonalAccess.Given(made.accessToken(), made.refreshToken());
            case RedeemResult.Refused _ -> new PersonalAccess.Impossible(Reason.REFUSED);
        };
    }

    /// The last step of a sign-in, before its tokens are released: where access had ended before,
    /// everything of before that the user has ends now, is seen to have ended, and only then does
    /// the user count again.
    ///
    /// @param epoch of the account when the sign-in began
    /// @param accessToken that the sign-in made
    /// @return false where the person may not come in after all
    /// @throws HomeAssistantUnavailable also where the sign-in's own token died under it: it met
    ///   what still ended the old ones, and the next try comes after that
    public boolean readmit(AccountId account, long epoch, Secret accessToken) {
        return store.closureOf(account, home) == Closure.OPEN
                || alone(account, () -> readmitAlone(account, epoch, accessToken));
    }

    private boolean readmitAlone(AccountId account, long epoch, Secret accessToken) {
        if (store.closureOf(account, home) == Closure.OPEN) {
            return true;
        }
        return switch (endBefore(account, accessToken)) {
            case Ending.Ended _ -> store.open(account, epoch, home);
            case Ending.NotAllowed _ ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant does not know a token any more that it just made");
        };
    }

    /// Ends every token of a closed user that is older than the end of their access, and looks that
    /// none is left. What lives on are the given one and those of grants that live: no grant is
    /// made with a token of before, as long as the user is closed.
    public Ending endBefore(AccountId account, Secret accessToken) {
        return personalTokens.endOthers(accessToken, tokenId -> isOfLiveGrant(account, tokenId));
    }

    private boolean isOfLiveGrant(AccountId account, String tokenId) {
        return grants.lookUpTokenId(home, tokenId) instanceof TokenIdLookup.Live(var grant)
                && grant.account().filter(account::equals).isPresent();
    }

    /// Does something about an account's user while no sign-in of theirs is being prepared or
    /// finished, and nothing else that asks for this is done. May be called from within itself.
    ///
    /// @throws HomeAssistantUnavailable where those who came before take too long
    public <T> T alone(AccountId account, Supplier<T> work) {
        return locks.alone(account, work);
    }

    /// A moment since which it can be told whether the gateway itself did anything about an
    /// account's user. What Home Assistant says after it is then nobody's work here.
    public final class Watch {
        private final AccountLocks.Watch since = locks.watch();

        private Watch() {}

        /// Does something about an account's user where nobody here did anything since, and nobody
        /// is about to. Never waits for anybody.
        ///
        /// @return false where it was not done
        public boolean ifUntouched(AccountId account, Runnable work) {
            return locks.aloneSince(since, account, work);
        }
    }

    public Watch watch() {
        return new Watch();
    }

    private Preparation prepare(ProvisioningRequest request) {
        return locks.alone(request.account(), () -> provisioner.prepare(request));
    }

    private static LoginRequest request(
            HiddenCredential credential, String clientId, String redirectUri, InetAddress client) {
        return new LoginRequest(
                credential.username(), credential.password(), clientId, redirectUri, client);
    }

    private LoginFlowResult logIn(
            AccountId account, HiddenCredential credential, LoginRequest login) {
        LoginFlowResult result = loginFlows.signIn(login);
        return result instanceof LoginFlowResult.InvalidCredentials
                ? locks.alone(account, () -> logInAnew(account, credential, login))
                : result;
    }

    /// The credential is there and is not ours any more: a restored backup of Home Assistant, or
    /// somebody changed it. It is made anew once, unless another sign-in did so meanwhile: a code
    /// that was made with a credential cannot be redeemed once that is gone.
    private LoginFlowResult logInAnew(
            AccountId account, HiddenCredential credential, LoginRequest login) {
        LoginFlowResult again = loginFlows.signIn(login);
        if (!(again instanceof LoginFlowResult.InvalidCredentials)) {
            return again;
        }
        provisioner.renew(credential, account);
        LoginFlowResult renewed = loginFlows.signIn(login);
        if (renewed instanceof LoginFlowResult.InvalidCredentials) {
            throw new HomeAssistantUnavailable(
                    "Home Assistant does not accept a credential that it was just given");
        }
        return renewed;
    }
}
