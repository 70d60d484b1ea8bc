package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginFlows;
import dev.vestibule.homeassistant.LoginRequest;
import dev.vestibule.secret.Secret;

/// Signs a person whom the gateway knows in at a home, and gives their client an authorization
/// code. Safe to share between threads. Every method waits, and throws [HomeAssistantUnavailable]
/// for an outage; what is half-made then is finished by the next call.
public final class HomeSignIn {

    private final HomeUserProvisioner provisioner;
    private final LoginFlows loginFlows;
    private final AccountLocks locks = new AccountLocks();

    /// @param credentialKey the home's own key, from which hidden passwords are derived
    public HomeSignIn(
            HomeId home, Secret credentialKey, HomeAssistant homeAssistant, HomeUserStore store) {
        this.provisioner =
                new HomeUserProvisioner(
                        home,
                        homeAssistant.users(),
                        store,
                        new HiddenCredentials(credentialKey, homeAssistant.users()));
        this.loginFlows = homeAssistant.loginFlows();
    }

    /// Makes or mends the person's user, and runs the login flow for the client.
    ///
    /// @param clientId the client's own, checked by the caller
    /// @param redirectUri the client's own, checked by the caller
    public HomeSignInResult signIn(
            ProvisioningRequest request, String clientId, String redirectUri) {
        return switch (prepare(request)) {
            case Preparation.Prepared(var credential) ->
                    new HomeSignInResult.Answered(
                            credential.userId(), logIn(request, credential, clientId, redirectUri));
            case Preparation.AttachedUserGone _ -> new HomeSignInResult.AttachedUserGone();
        };
    }

    /// Gives an existing Home Assistant user, perhaps the owner, to an account. The user's own
    /// password stays as it is. No sign-in of the account runs meanwhile.
    ///
    /// @param by who decided it, for the audit log
    public AttachResult attach(AccountId account, String userId, String by, Attachment attachment) {
        return locks.alone(account, () -> provisioner.attach(account, userId, by, attachment));
    }

    /// Whether signing this account in leads to this user, now.
    public boolean isUserOf(AccountId account, String userId) {
        return provisioner.isUserOf(account, userId);
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

    private Preparation prepare(ProvisioningRequest request) {
        return locks.alone(request.account(), () -> provisioner.prepare(request));
    }

    private LoginFlowResult logIn(
            ProvisioningRequest request,
            HiddenCredential credential,
            String clientId,
            String redirectUri) {
        LoginRequest login =
                new LoginRequest(
                        credential.username(),
                        credential.password(),
                        clientId,
                        redirectUri,
                        request.client());
        LoginFlowResult result = loginFlows.signIn(login);
        return result instanceof LoginFlowResult.InvalidCredentials
                ? locks.alone(request.account(), () -> logInAnew(request, credential, login))
                : result;
    }

    /// The credential is there and is not ours any more: a restored backup of Home Assistant, or
    /// somebody changed it. It is made anew once, unless another sign-in did so meanwhile: a code
    /// that was made with a credential cannot be redeemed once that is gone.
    private LoginFlowResult logInAnew(
            ProvisioningRequest request, HiddenCredential credential, LoginRequest login) {
        LoginFlowResult again = loginFlows.signIn(login);
        if (!(again instanceof LoginFlowResult.InvalidCredentials)) {
            return again;
        }
        provisioner.renew(credential, request);
        LoginFlowResult renewed = loginFlows.signIn(login);
        if (renewed instanceof LoginFlowResult.InvalidCredentials) {
            throw new HomeAssistantUnavailable(
                    "Home Assistant does not accept a credential that it was just given");
        }
        return renewed;
    }
}
