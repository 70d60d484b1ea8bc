package dev.vestibule.leave;

import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistantUsers;

/// Takes user names away at one Home Assistant. Waits. Safe to share between threads.
record Credentials(HomeAssistantUsers users) {

    /// Takes a user name away, wherever it belongs; where there is none, that is as well.
    ///
    /// @throws PartingRefused where it is still there; it names it, so that the operator can look
    void remove(String username) {
        switch (users.removeCredential(username)) {
            case CredentialRemoval.Removed _, CredentialRemoval.NotFound _ -> {}
            case CredentialRemoval.Refused(var code) ->
                    throw new PartingRefused(
                            "the credential " + username + " is not removed (" + code + ")");
        }
    }
}
