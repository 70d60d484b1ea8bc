package dev.vestibule.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.Defaults;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/// Home Assistant is on loopback, and something lends its port to another address of the machine,
/// as a container's published port does.
final class AroundCheckTest {

    static HomeConfig home(URI homeAssistant) {
        return new HomeConfig(
                Defaults.HOME_NAME,
                new Origin("http", "localhost", 8124),
                List.of(),
                false,
                new HomeAssistantConfig(homeAssistant, new Secret("none"), List.of()),
                Defaults.ROLES,
                Defaults.ROUTES,
                Defaults.SESSION,
                Defaults.APPS,
                Defaults.SIGN_IN,
                Defaults.CLIENTS,
                Defaults.EXISTING_TOKENS,
                Defaults.LONG_LIVED_TOKENS,
                Defaults.WEBHOOK_MIGRATION);
    }

    @Test
    void aPortThatIsOpenAtAnotherAddressOfTheMachineIsAHint() throws IOException {
        try (var homeAssistant = ScriptedHomeAssistant.start();
                var _ = new Pipe("127.0.0.2", homeAssistant.url().getPort())) {
            var check =
                    new AroundCheck(
                            home(homeAssistant.url()), List.of(InetAddress.getByName("127.0.0.2")));

            assertThat(check.look())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Finding.Hint.class,
                            hint -> {
                                assertThat(hint.cause()).isEqualTo(Cause.AROUND_THE_GATEWAY);
                                assertThat(hint.what())
                                        .contains("127.0.0.2:" + homeAssistant.url().getPort());
                            });
        }
    }

    @Test
    void aPortThatIsClosedThereIsFine() throws IOException {
        try (var homeAssistant = ScriptedHomeAssistant.start()) {
            var check =
                    new AroundCheck(
                            home(homeAssistant.url()), List.of(InetAddress.getByName("127.0.0.2")));

            assertThat(check.look()).singleElement().isInstanceOf(Finding.Fine.class);
        }
    }

    /// Passes what comes to an address on to the same port of loopback.
    private static final class Pipe implements AutoCloseable {

        private final ServerSocket door = new ServerSocket();

        Pipe(String address, int port) throws IOException {
            door.bind(new InetSocketAddress(address, port));
            Thread.ofVirtual().start(() -> accept(port));
        }

        private void accept(int port) {
            try {
                while (true) {
                    Socket outside = door.accept();
                    Socket inside = new Socket(InetAddress.getLoopbackAddress(), port);
                    Thread.ofVirtual().start(() -> pass(outside, inside));
                    Thread.ofVirtual().start(() -> pass(inside, outside));
                }
            } catch (IOException closed) {
                assertThat(door.isClosed()).isTrue();
            }
        }

        private static void pass(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException gone) {
                // Whoever hung up has what they wanted.
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
