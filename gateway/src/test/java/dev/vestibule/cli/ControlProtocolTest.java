package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.cli.ControlCommands.AccountLine;
import dev.vestibule.cli.ControlCommands.GrantLine;
import dev.vestibule.cli.ControlRequest.OfDeprovisioning;
import dev.vestibule.cli.ControlRequest.OfLeaving;
import dev.vestibule.cli.ControlRequest.OfScimClient;
import dev.vestibule.cli.DeprovisioningControl.HoldLine;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.cli.LeaveControl.LeaveSection;
import dev.vestibule.cli.ScimClientControl.ScimTokenLine;
import dev.vestibule.leave.Although;
import dev.vestibule.secret.Secret;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.List;

final class ControlProtocolTest {

    @Property
    void readsEveryRequestBackAsItWasWritten(
            @ForAll String first, @ForAll String second, @ForAll String third) {
        for (ControlRequest request :
                List.of(
                        new ControlRequest.ListAccounts(),
                        new ControlRequest.Link(first, second, third),
                        new ControlRequest.Suspend(first),
                        new ControlRequest.Restore(first),
                        new ControlRequest.Remove(first),
                        new ControlRequest.SignOut(first),
                        new ControlRequest.ListGrants(),
                        new ControlRequest.Approve(first),
                        new ControlRequest.Revoke(first),
                        new OfScimClient.ListAll(),
                        new OfScimClient.Add(first, second, List.of()),
                        new OfScimClient.Add(first, second, List.of(third, first)),
                        new OfScimClient.Rotate(first),
                        new OfScimClient.Finish(first),
                        new OfScimClient.Remove(first),
                        new OfScimClient.Give(first, second),
                        new OfLeaving.Plan(first),
                        new OfLeaving.Leave(first, new Although(true, false)),
                        new OfLeaving.Leave(second, new Although(false, true)),
                        new OfLeaving.Leave(second, Although.NOTHING),
                        new OfLeaving.ComeBack(third),
                        new OfDeprovisioning.ListAll(),
                        new OfDeprovisioning.Allow(first),
                        new OfDeprovisioning.Dismiss(first))) {
            String line = ControlProtocol.write(request);

            assertThat(line).doesNotContain("\n");
            assertThat(ControlProtocol.readRequest(line)).contains(request);
        }
    }

    @Property
    void readsEveryAnswerBackAsItWasWritten(@ForAll String text, @ForAll List<String> roles) {
        for (ControlAnswer answer :
                List.of(
                        new ControlAnswer.Done(text),
                        new ControlAnswer.Refused(text),
                        new ControlAnswer.Leaving(
                                new LeaveReport(List.of(new LeaveSection(text, roles)), false)),
                        new ControlAnswer.NewToken(new Secret(text), text),
                        new ControlAnswer.ScimClients(
                                List.of(new ScimTokenLine("a", text, "c", "d", "e", text, "f"))),
                        new ControlAnswer.Holds(
                                List.of(new HoldLine(text, "b", "c", "d", "e", text))),
                        new ControlAnswer.Accounts(
                                List.of(
                                        new AccountLine(
                                                text, "b", "c", "d", roles, text, "e", roles))),
                        new ControlAnswer.Grants(
                                List.of(
                                        new GrantLine(
                                                "a", text, "c", "d", text, "f", "g", "h", "i"))))) {
            String line = ControlProtocol.write(answer);

            assertThat(line).doesNotContain("\n");
            assertThat(ControlProtocol.readAnswer(line)).contains(answer);
        }
    }

    @Property
    void answersToAnyLine(@ForAll String line) {
        assertThat(ControlProtocol.readRequest(line)).isEmpty();
    }
}
