package dev.vestibule.cli;

import java.util.List;

/// What an operator on this machine may ask of a running gateway. Whoever may open the control
/// socket may ask all of it. Methods are called from several threads, and may wait for Home
/// Assistant.
///
/// An account is named by its id or by a user name that only one account has, a grant by its id.
public interface ControlCommands {

    List<AccountLine> accounts();

    /// Attaches an existing user of Home Assistant to an account, so that signing in leads there.
    ///
    /// @param home the name of the home; empty means the only one
    /// @param homeAssistantUser the user's id or a name that only one user has
    ControlOutcome link(String account, String home, String homeAssistantUser);

    /// Shuts an account out everywhere, at once.
    ControlOutcome suspend(String account);

    /// Lets a suspended account in again.
    ControlOutcome restore(String account);

    /// Shuts an account out for good: who comes with the same identity is somebody new.
    ControlOutcome remove(String account);

    /// Ends every session and every client's access of an account; it may sign in again.
    ControlOutcome signOut(String account);

    List<GrantLine> grants();

    /// Lets in a service, such as Cast, that waits for somebody to say yes.
    ControlOutcome approve(String grant);

    /// Ends a grant for good.
    ControlOutcome revoke(String grant);

    ScimClientControl scimClients();

    DeprovisioningControl deprovisioning();

    KioskControl kiosks();

    EmergencyControl emergency();

    AuditControl audit();

    ExplainControl explain();

    LeaveControl leaving();

    /// An account as the list shows it.
    ///
    /// @param state `active`, `suspended`, or `removed` as long as Home Assistant has to be told
    /// @param roles one per home where the account has one, such as `home: admin`
    /// @param lastSeen a moment in ISO 8601
    /// @param vouchedFor when the provider did so last, at a sign-in or when asked; empty where it
    ///   cannot be asked about the person
    /// @param homeAssistant whether Home Assistant agrees with the state: empty where there is
    ///   nothing to agree about, `agrees`, or one per home that does not, such as `home: waiting`
    record AccountLine(
            String id,
            String username,
            String displayName,
            String state,
            List<String> roles,
            String lastSeen,
            String vouchedFor,
            List<String> homeAssistant) {
        public AccountLine {
            roles = List.copyOf(roles);
            homeAssistant = List.copyOf(homeAssistant);
        }

        /// Whether there is nothing left to tell about the account.
        public boolean isOver() {
            return state.equals("removed") && homeAssistant.equals(List.of("agrees"));
        }
    }

    /// A grant as the list shows it.
    ///
    /// @param account the user name of the account; empty for a service
    /// @param state `active` or `waiting`
    /// @param created a moment in ISO 8601
    /// @param lastUsed a moment in ISO 8601
    /// @param expires a moment in ISO 8601; empty where it lives as long as it is used
    record GrantLine(
            String id,
            String home,
            String kind,
            String account,
            String name,
            String state,
            String created,
            String lastUsed,
            String expires) {}
}
