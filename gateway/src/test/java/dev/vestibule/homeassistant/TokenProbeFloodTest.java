package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class TokenProbeFloodTest {

    /// Attack: unknown tokens from many addresses, so that every worker waits for Home Assistant.
    @Test
    void soManyTokensWaitForAnAnswerAndTheOthersAreToldSoAtOnce()
            throws IOException, InterruptedException {
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                HomeAssistant home =
                        new HomeAssistant(
                                InstantSource.system(),
                                new HomeAssistantConfig(
                                        URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                                        new Secret("unused"),
                                        List.of()))) {
            for (int i = 0; i < 100; i++) {
                Thread.ofVirtual().start(() -> failures.add(ask(home)));
            }

            assertThat(failures.poll(30, TimeUnit.SECONDS))
                    .isEqualTo("No further token may wait to be asked about");
        }
    }

    private static String ask(HomeAssistant home) {
        try {
            return home.tokenProbe()
                    .ask(new Secret("token"), InetAddress.getLoopbackAddress())
                    .toString();
        } catch (HomeAssistantUnavailable away) {
            return String.valueOf(away.getMessage());
        }
    }
}
