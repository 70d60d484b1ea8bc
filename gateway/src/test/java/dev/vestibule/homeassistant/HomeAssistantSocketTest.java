package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.homeassistant.HomeAssistantSocket.Welcome;
import dev.vestibule.homeassistant.RawHome.Wire;
import dev.vestibule.secret.Secret;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

class HomeAssistantSocketTest {

    private static final Secret TOKEN = new Secret("t");

    @Test
    void tellsAnAcceptedTokenFromAnInvalidOne() {
        try (var opened = open((head, wire) -> greetAndLinger(head, wire))) {
            assertThat(opened.socket().authenticate(TOKEN))
                    .isEqualTo(new Welcome.Accepted("2024.1.0"));
        }
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.acceptSocket(head);
                            wire.send("{\"type\":\"auth_required\",\"ha_version\":\"2024.1.0\"}");
                            wire.readFrame();
                            wire.send("{\"type\":\"auth_invalid\",\"message\":\"no\"}");
                        })) {
            assertThat(opened.socket().authenticate(TOKEN)).isEqualTo(new Welcome.TokenInvalid());
        }
    }

    @Test
    void aGreetingThatNeverComesIsAnOutage() {
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.acceptSocket(head);
                            wire.linger();
                        })) {
            assertOutage(() -> opened.socket().authenticate(TOKEN));
        }
    }

    @Test
    void aForeignWebsocketIsAnOutageAndIsToldNoToken() {
        var frames = new LinkedBlockingQueue<String>();
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.acceptSocket(head);
                            wire.send("{\"type\":\"hello\"}");
                            frames.add(wire.readFrame());
                        })) {
            assertOutage(() -> opened.socket().authenticate(TOKEN));
        }
        assertThat(frames).noneMatch(frame -> frame.contains("access_token"));
    }

    @Test
    void aRefusedUpgradeIsAnOutage() {
        try (var home = new RawHome((_, wire) -> wire.answer("403 Forbidden", "no"));
                var transport = new Transport(home.config(), TestLimits.SHORT)) {
            assertThatThrownBy(
                            () ->
                                    HomeAssistantSocket.open(
                                            transport, TestLimits.SHORT, ForwardedFor.NOBODY))
                    .isInstanceOf(HomeAssistantUnavailable.class)
                    .hasMessageContaining("403");
        }
    }

    @Test
    void answersReachTheirQuestionInAnyOrder() {
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.greet(head);
                            wire.readFrame();
                            wire.send("{\"id\":99,\"type\":\"result\",\"success\":true}");
                            wire.send(
                                    "{\"type\":\"result\",\"success\":true,\"result\":5,\"id\":1}");
                            wire.readFrame();
                            wire.send(
                                    """
                                    {"id":2,"type":"result","success":false,"error":{
                                     "code":"home_assistant_error","message":"m",
                                     "translation_key":"username_already_exists"}}
                                    """);
                            wire.linger();
                        })) {
            opened.socket().authenticate(TOKEN);

            assertThat(opened.socket().call("one", Map.of()))
                    .isInstanceOfSatisfying(
                            Success.class,
                            success -> assertThat(success.result().intValue()).isEqualTo(5));
            assertThat(opened.socket().call("two", Map.of()))
                    .isEqualTo(new Failure("home_assistant_error", "username_already_exists", "m"));
        }
    }

    @Test
    void anAnswerThatNeverComesCostsOnlyItsOwnQuestion() {
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.greet(head);
                            wire.readFrame();
                            wire.readFrame();
                            wire.send("{\"id\":2,\"type\":\"pong\"}");
                            wire.linger();
                        })) {
            opened.socket().authenticate(TOKEN);

            assertOutage(() -> opened.socket().call("config/auth/update", Map.of()));
            assertThat(opened.socket().call("ping", Map.of())).isInstanceOf(Success.class);
        }
    }

    @Test
    void aMessageLongerThanTheLimitEndsTheSocket() throws InterruptedException {
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.greet(head);
                            wire.send("{\"x\":\"" + "y".repeat(2_000) + "\"}");
                            wire.linger();
                        })) {
            opened.socket().authenticate(TOKEN);

            assertThat(opened.socket().awaitEnd(Duration.ofSeconds(5))).isTrue();
            assertThat(opened.socket().endReason()).contains("longer than 2000");
        }
    }

    @Test
    void aMessageThatCannotBeReadEndsTheSocketAndEveryQuestion() {
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.greet(head);
                            wire.readFrame();
                            wire.send("[}");
                            wire.linger();
                        })) {
            opened.socket().authenticate(TOKEN);

            assertOutage(() -> opened.socket().call("one", Map.of()));
            assertOutage(() -> opened.socket().call("two", Map.of()));
            assertThat(opened.socket().endReason()).contains("cannot be read");
        }
    }

    @Test
    void aCutConnectionEndsEveryQuestionAtOnce() {
        try (var opened =
                open(
                        (head, wire) -> {
                            wire.greet(head);
                            wire.readFrame();
                        })) {
            opened.socket().authenticate(TOKEN);

            assertThatThrownBy(() -> opened.socket().call("one", Map.of()))
                    .isInstanceOf(HomeAssistantUnavailable.class)
                    .hasMessageContaining("closed");
        }
    }

    private static void greetAndLinger(String head, Wire wire) throws IOException {
        wire.greet(head);
        wire.linger();
    }

    private static void assertOutage(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(HomeAssistantUnavailable.class);
    }

    private static Opened open(RawHome.Behaviour behaviour) {
        RawHome home = new RawHome(behaviour);
        Transport transport = new Transport(home.config(), TestLimits.SHORT);
        return new Opened(
                home,
                transport,
                HomeAssistantSocket.open(transport, TestLimits.SHORT, ForwardedFor.NOBODY));
    }

    private record Opened(RawHome home, Transport transport, HomeAssistantSocket socket)
            implements AutoCloseable {

        @Override
        public void close() {
            socket.close();
            transport.close();
            home.close();
        }
    }
}
