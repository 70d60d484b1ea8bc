package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeCertificate;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

class TrustedCertificatesTest {

    private static @TempDir @Nullable Path directory;
    private static @Nullable HomeCertificate certificate;

    /// Once, because a JVM of its own takes seconds on a small machine.
    @BeforeAll
    static void makeAPrivateCertificate() {
        certificate = HomeCertificate.make(Objects.requireNonNull(directory), "ip:127.0.0.1");
    }

    @Test
    void theOperatorsOwnCertificateIsTrustedOnWebsocketAndHttpAlike() {
        assertThat(meet("127.0.0.1", List.of(pem())))
                .isInstanceOf(HomeAssistantStatus.Connected.class);
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        assertThat(meet("127.0.0.1", List.of())).isInstanceOf(HomeAssistantStatus.Away.class);
    }

    @Test
    void aTrustedCertificateOfAnotherNameIsRefused() {
        assertThat(meet("localhost", List.of(pem()))).isInstanceOf(HomeAssistantStatus.Away.class);
    }

    @Test
    void saysWhichFileHoldsNoCertificate() throws IOException {
        Path empty = Files.writeString(file("empty.pem"), "");
        assertThatThrownBy(() -> TrustedCertificates.systemAnd(List.of(empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem");

        Path missing = file("missing.pem");
        assertThatThrownBy(() -> TrustedCertificates.systemAnd(List.of(missing)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing.pem");
    }

    /// Where the certificate is not accepted, Home Assistant must not have been told a byte.
    private static HomeAssistantStatus meet(String host, List<Path> caFiles) {
        try (var home =
                ScriptedHomeAssistant.start(
                        HomeOptions.defaults(), Objects.requireNonNull(certificate))) {
            URI url = URI.create("https://" + host + ":" + home.url().getPort());
            var config =
                    new HomeAssistantConfig(url, new Secret(home.administratorToken()), caFiles);
            try (var tie = new HomeAssistant(InstantSource.system(), config, TestLimits.QUICK)) {
                tie.start();
                HomeAssistantStatus status = tie.awaitFirstAttempt(Duration.ofSeconds(30));
                if (!(status instanceof HomeAssistantStatus.Connected)) {
                    assertThat(home.record().byteCount()).isZero();
                }
                return status;
            }
        }
    }

    private static Path pem() {
        return Objects.requireNonNull(certificate).file();
    }

    private static Path file(String name) {
        return Objects.requireNonNull(directory).resolve(name);
    }
}
