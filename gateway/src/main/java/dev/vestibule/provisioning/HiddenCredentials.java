package dev.vestibule.provisioning;

import dev.vestibule.homeassistant.CredentialAddition;
import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.provisioning.HomeUser.HiddenName;
import dev.vestibule.secret.DerivedPassword;
import dev.vestibule.secret.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes and removes hidden credentials. Safe to share between threads, one account at a time.
///
/// A credential that belongs to no user signs in as a **fresh administrator**: Home Assistant makes
/// one up when the code is redeemed. So the user comes first, and after each creation the user must
/// be seen to have the credential; otherwise it is taken away again and nobody signs in.
final class HiddenCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(HiddenCredentials.class);

    private final Secret credentialKey;
    private final HomeAssistantUsers users;

    HiddenCredentials(Secret credentialKey, HomeAssistantUsers users) {
        this.credentialKey = credentialKey;
        this.users = users;
    }

    /// Computes a credential; asks nobody.
    HiddenCredential of(String userId, HiddenName name) {
        Secret password =
                DerivedPassword.derive(credentialKey, userId, Integer.toString(name.version()));
        return new HiddenCredential(userId, name.username(), password);
    }

    /// Whether the user seems to have the credential. Home Assistant shows the first user name and
    /// the number of credentials: where the person has one of their own, ours is not shown by name.
    static boolean isLinked(HomeAssistantUser user, HiddenName name) {
        return user.username().equals(name.username()) || user.passwordCredentials() >= 2;
    }

    /// Gives the user the credential, afresh where its name is in use already.
    void add(HomeAssistantUser user, HiddenName name) {
        HiddenCredential credential = of(user.id(), name);
        long before = user.passwordCredentials();
        switch (users.addCredential(user.id(), credential.username(), credential.password())) {
            case CredentialAddition.Added _ -> verify(user.id(), name, before);
            case CredentialAddition.UsernameTaken _ -> renew(credential, name);
            case CredentialAddition.UserNotFound _ -> throw refused("user_not_found");
            case CredentialAddition.Refused(var code) -> throw refused(code);
        }
    }

    /// Takes the credential away, wherever it belongs, and gives it to its user again.
    void renew(HiddenCredential credential, HiddenName name) {
        remove(credential.username());
        long before = get(credential.userId()).passwordCredentials();
        switch (users.addCredential(
                credential.userId(), credential.username(), credential.password())) {
            case CredentialAddition.Added _ -> verify(credential.userId(), name, before);
            case CredentialAddition.UsernameTaken _ -> throw refused("username_exists");
            case CredentialAddition.UserNotFound _ -> throw refused("user_not_found");
            case CredentialAddition.Refused(var code) -> throw refused(code);
        }
        LOG.info("event=hidden-credential-renewed user={}", credential.userId());
    }

    /// Takes a credential away, wherever it belongs.
    ///
    /// @throws HomeAssistantUnavailable where it is still there
    void remove(String username) {
        if (drop(username) instanceof CredentialRemoval.Refused(var code)) {
            throw refused(code);
        }
    }

    /// As [#remove], for whom a refusal is no outage.
    CredentialRemoval drop(String username) {
        CredentialRemoval removal = users.removeCredential(username);
        if (removal instanceof CredentialRemoval.Removed) {
            LOG.info("event=hidden-credential-removed");
        }
        return removal;
    }

    /// As [#remove], of an account that keeps the name. Where Home Assistant does not do so, it
    /// stays behind for now: only the gateway knows its password, and uses it no more.
    void tryToRemove(HiddenName name) {
        try {
            remove(name.username());
        } catch (HomeAssistantUnavailable away) {
            LOG.warn("event=hidden-credential-left reason=\"{}\"", away.reason());
        }
    }

    private void verify(String userId, HiddenName name, long before) {
        HomeAssistantUser user = get(userId);
        if (!user.username().equals(name.username()) && user.passwordCredentials() <= before) {
            CredentialRemoval removal = users.removeCredential(name.username());
            LOG.error("event=hidden-credential-unlinked user={} removal={}", userId, removal);
            throw refused("not linked to its user");
        }
    }

    private HomeAssistantUser get(String userId) {
        return users.find(userId).orElseThrow(() -> refused("user_not_found"));
    }

    private static HomeAssistantUnavailable refused(String code) {
        return new HomeAssistantUnavailable("Home Assistant refused a hidden credential: " + code);
    }
}
