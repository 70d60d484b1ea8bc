package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.homeassistant.Transport.Answer;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.LoopbackPort;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

class TransportTest {

    private static final String JSON = "200 OK\r\nContent-Type: application/json; charset=utf-8";

    @Test
    void readsAnAnswerInJson() {
        try (var home = new RawHome((_, wire) -> wire.answer(JSON, "{\"a\":1}"));
                var transport = transport(home)) {
            Answer answer = transport.get("/x", ForwardedFor.NOBODY);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("a").intValue()).isEqualTo(1);
        }
    }

    @Test
    void namesAnAddressOnlyWhereToldTo() throws InterruptedException {
        var heads = new LinkedBlockingQueue<String>();
        try (var home =
                        new RawHome(
                                (head, wire) -> {
                                    heads.add(head);
                                    wire.answer("200 OK\r\nConnection: close", "");
                                });
                var transport = transport(home)) {
            transport.get("/x", ForwardedFor.NOBODY);
            transport.get("/x", ForwardedFor.of(InetAddress.ofLiteral("203.0.113.9")));
        }

        assertThat(heads.take()).doesNotContainIgnoringCase("forwarded");
        assertThat(heads.take()).containsOnlyOnce("X-Forwarded-For: 203.0.113.9\r\n");
    }

    @Test
    void followsNoRedirect() {
        try (var home =
                        new RawHome(
                                (_, wire) ->
                                        wire.answer(
                                                "302 Found\r\nLocation: http://127.0.0.1:1/", ""));
                var transport = transport(home)) {
            assertThat(transport.get("/x", ForwardedFor.NOBODY).status()).isEqualTo(302);
        }
    }

    @Test
    void aServerErrorIsAnOutage() {
        try (var home = new RawHome((_, wire) -> wire.answer("502 Bad Gateway", "no"));
                var transport = transport(home)) {
            assertUnavailable(transport);
        }
    }

    @Test
    void anAnswerThatNeverComesIsAnOutage() {
        try (var home = new RawHome((_, wire) -> wire.linger());
                var transport = transport(home)) {
            assertUnavailable(transport);
        }
    }

    @Test
    void aBodyThatNeverEndsIsAnOutage() {
        try (var home =
                        new RawHome(
                                (_, wire) -> {
                                    wire.write(
                                            "HTTP/1.1 "
                                                    + JSON
                                                    + "\r\nContent-Length: 500\r\n\r\n{");
                                    wire.linger();
                                });
                var transport = transport(home)) {
            assertUnavailable(transport);
        }
    }

    @Test
    void aBodyLongerThanTheLimitIsAnOutage() {
        try (var home =
                        new RawHome(
                                (_, wire) -> wire.answer(JSON, "\"" + "x".repeat(1_000) + "\""));
                var transport = transport(home)) {
            assertUnavailable(transport);
        }
    }

    @Test
    void aBodyAtTheLimitIsRead() {
        try (var home = new RawHome((_, wire) -> wire.answer(JSON, "\"" + "x".repeat(998) + "\""));
                var transport = transport(home)) {
            assertThat(transport.get("/x", ForwardedFor.NOBODY).body().textValue()).hasSize(998);
        }
    }

    @Test
    void brokenJsonIsAnOutage() {
        try (var home = new RawHome((_, wire) -> wire.answer(JSON, "{\"a\":"));
                var transport = transport(home)) {
            assertUnavailable(transport);
        }
    }

    @Test
    void somethingElseThanHttpIsAnOutage() {
        try (var home = new RawHome((_, wire) -> wire.write("SSH-2.0-OpenSSH_9.2\r\n"));
                var transport = transport(home)) {
            assertUnavailable(transport);
        }
    }

    @Test
    void nobodyAtTheAddressIsAnOutage() {
        var config =
                new HomeAssistantConfig(
                        URI.create("http://127.0.0.1:" + LoopbackPort.free()),
                        new Secret("t"),
                        List.of());
        try (var transport = new Transport(config, TestLimits.SHORT)) {
            assertUnavailable(transport);
        }
    }

    @Test
    void encodesAFormSoThatNoValueBecomesAnotherField() throws InterruptedException {
        var bodies = new LinkedBlockingQueue<String>();
        String form = "token=a%26action%3Drevoke+%2B%C3%A9";
        try (var home =
                        new RawHome(
                                (_, wire) -> {
                                    bodies.add(
                                            new String(
                                                    wire.in().readNBytes(form.length()),
                                                    StandardCharsets.UTF_8));
                                    wire.answer("200 OK", "");
                                });
                var transport = transport(home)) {
            transport.postForm("/x", Map.of("token", "a&action=revoke +é"), ForwardedFor.NOBODY);
        }

        assertThat(bodies.take()).isEqualTo(form);
    }

    private static Transport transport(RawHome home) {
        return new Transport(home.config(), TestLimits.SHORT);
    }

    private static void assertUnavailable(Transport transport) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> transport.get("/x", ForwardedFor.NOBODY))
                .isInstanceOf(HomeAssistantUnavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
}
