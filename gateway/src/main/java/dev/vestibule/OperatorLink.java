package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.audit.Actor;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.provisioning.AttachResult;

import java.util.List;

/// Attaches people to users of Home Assistant on the operator's word, and says what came of it.
/// Safe to share between threads; waits for Home Assistant.
final class OperatorLink {

    private final Gateway gateway;

    OperatorLink(Gateway gateway) {
        this.gateway = gateway;
    }

    /// @param named the id of a user of Home Assistant, or a name that only one has
    /// @throws HomeAssistantUnavailable where it cannot be asked; nothing was changed
    ControlOutcome link(Account account, GatewayHome home, String named) {
        List<HomeAssistantUser> users =
                OperatorCommands.named(
                        named,
                        home.homeAssistant().users().list(),
                        HomeAssistantUser::id,
                        HomeAssistantUser::name);
        if (users.size() != 1) {
            return new Refused(
                    users.isEmpty()
                            ? "Home Assistant has no user '" + named + "'. Nothing was changed."
                            : "Several users of Home Assistant are called '"
                                    + named
                                    + "'. Give the user's id instead.");
        }
        HomeAssistantUser user = users.getFirst();
        return linked(
                account,
                user,
                home.signIn()
                        .attach(
                                account.id(),
                                user.id(),
                                Actor.CONSOLE,
                                gateway.facts().userLink().byAdministrator()));
    }

    private static ControlOutcome linked(
            Account account, HomeAssistantUser user, AttachResult result) {
        String person = account.username();
        return switch (result) {
            case AttachResult.Attached attached -> new Done(said(account, user, attached));
            case AttachResult.UserNotFound() ->
                    new Refused("Home Assistant has no such user any more.");
            case AttachResult.SystemGenerated() ->
                    new Refused(
                            nameOf(user) + " belongs to an integration; nobody signs in as it.");
            case AttachResult.AccountNotActive() ->
                    new Refused(person + " is suspended. Restore the account first.");
            case AttachResult.AccountNotAPersons() ->
                    new Refused(
                            person
                                    + " is a wall tablet or the emergency administrator, and keeps"
                                    + " no user of Home Assistant.");
            case AttachResult.AccountHasUser() ->
                    new Refused(
                            person
                                    + " is linked to a user of Home Assistant already. Nothing was"
                                    + " changed.");
            case AttachResult.AccountHasNoRole() ->
                    new Refused(
                            person
                                    + " has no role at this home, so nothing of "
                                    + nameOf(user)
                                    + " could be used. Let them sign in here once, then link.");
            case AttachResult.UserTaken(var by) when by.equals(account.id()) ->
                    new Refused(nameOf(user) + " belongs to this account already.");
            case AttachResult.UserTaken(var by) ->
                    new Refused(
                            nameOf(user)
                                    + " belongs to account "
                                    + by
                                    + ", whose person signs in by themselves. Nothing was"
                                    + " changed.");
            case AttachResult.UserSuspended(var by) ->
                    new Refused(
                            "The phones and apps of "
                                    + nameOf(user)
                                    + " belong to account "
                                    + by
                                    + ", which is suspended. Restore it first if they are to come"
                                    + " along.");
        };
    }

    private static String said(
            Account account, HomeAssistantUser user, AttachResult.Attached attached) {
        StringBuilder text =
                new StringBuilder(
                        account.username()
                                + " is now "
                                + nameOf(user)
                                + " in Home Assistant, from the next sign-in on.");
        if (attached.grants() + attached.webhooks() > 0) {
            text.append(
                    " What was in use before came along: "
                            + attached.grants()
                            + " apps and tokens, "
                            + attached.webhooks()
                            + " phones.");
        }
        if (!attached.madeUser().isEmpty()) {
            text.append(
                    " The user that was made for them (id "
                            + attached.madeUser()
                            + ") is not used any more: delete it in Home Assistant when nothing of"
                            + " it is needed.");
        }
        return text.toString();
    }

    /// Attack: an administrator of Home Assistant calls somebody so that the answer has a line
    /// more.
    private static String nameOf(HomeAssistantUser user) {
        return ForeignText.excerpt(user.name());
    }
}
