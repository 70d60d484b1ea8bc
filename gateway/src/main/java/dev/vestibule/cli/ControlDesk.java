package dev.vestibule.cli;

import dev.vestibule.cli.ControlRequest.OfDeprovisioning;
import dev.vestibule.cli.ControlRequest.OfEmergency;
import dev.vestibule.cli.ControlRequest.OfExplain;
import dev.vestibule.cli.ControlRequest.OfKiosk;
import dev.vestibule.cli.ControlRequest.OfLeaving;
import dev.vestibule.cli.ControlRequest.OfScimClient;
import dev.vestibule.cli.ExplainControl.ExplainAnswer;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out the commands that arrive at the control socket. Safe to share between threads.
final class ControlDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ControlDesk.class);

    private final ControlCommands commands;

    ControlDesk(ControlCommands commands) {
        this.commands = commands;
    }

    ControlAnswer answer(ControlRequest request) {
        try {
            ControlAnswer answer = carryOut(request);
            LOG.info(
                    "event=control-command command={} answer={}",
                    request.getClass().getSimpleName(),
                    answer.getClass().getSimpleName());
            return answer;
        } catch (HomeAssistantUnavailable away) {
            return new ControlAnswer.Refused(
                    "Home Assistant did not answer: "
                            + away.reason()
                            + ". Nothing can be said about it now; try again.");
        } catch (DatabaseUnavailable away) {
            return new ControlAnswer.Refused(
                    "The gateway's database did not answer. Look at the gateway's log, and try"
                            + " again.");
        }
    }

    private ControlAnswer carryOut(ControlRequest request) {
        return switch (request) {
            case ControlRequest.ListAccounts() -> new ControlAnswer.Accounts(commands.accounts());
            case ControlRequest.Link(var account, var home, var user) ->
                    told(commands.link(account, home, user));
            case ControlRequest.Suspend(var account) -> told(commands.suspend(account));
            case ControlRequest.Restore(var account) -> told(commands.restore(account));
            case ControlRequest.Remove(var account) -> told(commands.remove(account));
            case ControlRequest.SignOut(var account) -> told(commands.signOut(account));
            case ControlRequest.ListGrants() -> new ControlAnswer.Grants(commands.grants());
            case ControlRequest.Approve(var grant) -> told(commands.approve(grant));
            case ControlRequest.Revoke(var grant) -> told(commands.revoke(grant));
            case ControlRequest.FindAudit(var wish, var place) ->
                    new ControlAnswer.Audit(commands.audit().find(wish, place));
            case OfExplain about -> carryOut(about, commands.explain());
            case OfScimClient about -> carryOut(about, commands.scimClients());
            case OfKiosk about -> carryOut(about, commands.kiosks());
            case OfDeprovisioning about -> carryOut(about, commands.deprovisioning());
            case OfEmergency about -> told(carryOut(about, commands.emergency()));
            case OfLeaving about -> carryOut(about, commands.leaving());
        };
    }

    private static ControlAnswer carryOut(OfScimClient request, ScimClientControl clients) {
        return switch (request) {
            case OfScimClient.ListAll() -> new ControlAnswer.ScimClients(clients.list());
            case OfScimClient.Add(var name, var provider, var networks) ->
                    told(clients.add(name, provider, networks));
            case OfScimClient.Rotate(var name) -> told(clients.rotate(name));
            case OfScimClient.Finish(var name) -> told(clients.finish(name));
            case OfScimClient.Remove(var name) -> told(clients.remove(name));
            case OfScimClient.Give(var name, var account) -> told(clients.give(name, account));
        };
    }

    private static ControlAnswer carryOut(OfExplain request, ExplainControl judgement) {
        ExplainAnswer answer =
                switch (request) {
                    case OfExplain.Request(var question) -> judgement.request(question);
                    case OfExplain.Credential(var credential) -> judgement.credential(credential);
                    case OfExplain.Named(var what) -> judgement.named(what);
                };
        return switch (answer) {
            case ExplainAnswer.Told(var explanation) -> new ControlAnswer.Explained(explanation);
            case ExplainAnswer.Refused(var sentence) -> new ControlAnswer.Refused(sentence);
        };
    }

    private static ControlAnswer carryOut(OfDeprovisioning request, DeprovisioningControl holds) {
        return switch (request) {
            case OfDeprovisioning.ListAll() -> new ControlAnswer.Holds(holds.list());
            case OfDeprovisioning.Allow(var source) -> told(holds.allow(source));
            case OfDeprovisioning.Dismiss(var source) -> told(holds.dismiss(source));
        };
    }

    private static ControlAnswer carryOut(OfKiosk request, KioskControl kiosks) {
        return switch (request) {
            case OfKiosk.ListAll() -> new ControlAnswer.KioskKeys(kiosks.list());
            case OfKiosk.Remove(var key) -> told(kiosks.remove(key));
        };
    }

    private static ControlAnswer carryOut(OfLeaving request, LeaveControl leaving) {
        return switch (request) {
            case OfLeaving.Plan(var home) -> new ControlAnswer.Leaving(leaving.plan(home));
            case OfLeaving.Leave(var home, var although) ->
                    new ControlAnswer.Leaving(leaving.leave(home, although));
            case OfLeaving.ComeBack(var home) -> told(leaving.comeBack(home));
        };
    }

    private static ControlOutcome carryOut(OfEmergency request, EmergencyControl emergency) {
        return switch (request) {
            case OfEmergency.BreakGlass(var home, var isAnywhere) ->
                    emergency.breakGlass(home, isAnywhere);
            case OfEmergency.LocalLoginOn(var home, var length) ->
                    emergency.openLocalLogin(home, length);
            case OfEmergency.LocalLoginOff(var home) -> emergency.closeLocalLogin(home);
            case OfEmergency.LocalLoginStatus() -> emergency.localLoginStatus();
        };
    }

    private static ControlAnswer told(ControlOutcome outcome) {
        return switch (outcome) {
            case ControlOutcome.Done(var sentence) -> new ControlAnswer.Done(sentence);
            case ControlOutcome.NewToken(var token, var sentence) ->
                    new ControlAnswer.NewToken(token, sentence);
            case ControlOutcome.Refused(var sentence) -> new ControlAnswer.Refused(sentence);
        };
    }
}
