package dev.vestibule.gate;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.connection.Shares;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.metric.Meters;
import dev.vestibule.proxy.ForwardRules;
import dev.vestibule.proxy.SocketRelay;
import dev.vestibule.proxy.UpstreamAddress;
import dev.vestibule.socket.HomeSockets;
import dev.vestibule.socket.OwnTokenCommands;
import dev.vestibule.socket.SocketAdmission;
import dev.vestibule.socket.SocketHome;
import dev.vestibule.socket.SocketRights;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// The real websocket relay behind a [TestGate].
final class TestRelay {

    private TestRelay() {}

    /// @param namesClient is asked when everything is decided and nothing has been sent
    static SocketRelay of(TestGate gate, BooleanSupplier namesClient) {
        return new HomeSockets(
                gate.facts.secrets,
                new ForwardRules(List.of()),
                gate.browsers,
                Executors.newVirtualThreadPerTaskExecutor(),
                2,
                new RequestRefusals(
                        gate.facts.clock,
                        new AuthenticationFailures(gate.facts.clock),
                        new Meters()),
                Map.of(
                        TestFacts.HOME,
                        new SocketHome(
                                new UpstreamAddress(
                                        "127.0.0.1",
                                        gate.home.port(),
                                        new UpstreamAddress.Encryption.None()),
                                () -> "2026.1.0",
                                namesClient,
                                new Shares(),
                                (token, from) -> admit(gate, token),
                                (person, kind, members) ->
                                        new OwnTokenCommands.Answer.Failure("not_allowed", "no"))));
    }

    private static SocketAdmission.Result admit(TestGate gate, String token) {
        return new SocketAdmission.Result.Judged(
                gate.facts
                        .grants
                        .recognise(TestFacts.HOME, token)
                        .<TokenJudgement>map(TokenJudgement.Live::new)
                        .orElseGet(TokenJudgement.Dead::new),
                SocketRights.OTHER);
    }
}
