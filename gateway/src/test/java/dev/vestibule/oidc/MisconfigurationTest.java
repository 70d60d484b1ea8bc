package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.secret.Secrets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// What is told when the gateway starts, before any provider is asked.
class MisconfigurationTest {

    private final ConfigDraft config = new ConfigDraft(URI.create("https://id.example.org"));

    private void build() {
        new OpenIdProvider(InstantSource.system(), new Secrets(), config.finish()).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.org",
                "http://192.168.1.5:8080",
                "http://localhost.example.org",
                "http://127.0.0.1.nip.io",
                "ftp://id.example.org",
                "file:///etc/passwd",
                "gopher://id.example.org",
                "https://user@id.example.org",
                "https://id.example.org#x",
                "https://id.example.org?x=1",
                "id.example.org",
                "https:id"
            })
    @DisplayName("D13, D14: an issuer that we do not speak to is told at the start")
    void anIssuerThatWeDoNotSpeakToIsToldAtTheStart(String issuer) {
        config.issuer = URI.create(issuer);

        assertThatThrownBy(this::build)
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("home");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example.org",
                "http://localhost:8080/realms/home",
                "http://127.0.0.1:8080",
                "http://[::1]:8080"
            })
    void anHttpsOrLoopbackIssuerIsFine(String issuer) {
        config.issuer = URI.create(issuer);

        assertThatCode(this::build).doesNotThrowAnyException();
    }

    @Test
    void plainHttpElsewhereNeedsItsKey() {
        config.issuer = URI.create("http://192.168.1.5:8080");
        config.insecureHttp = true;

        assertThatCode(this::build).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "rs256", "RSA-OAEP", ""})
    @DisplayName("D7: none, symmetric and misspelt algorithms cannot be configured")
    void anAlgorithmThatIsNotOursIsToldAtTheStart(String algorithm) {
        config.algorithms = Set.of("RS256", algorithm);

        assertThatThrownBy(this::build)
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("algorithm");
    }

    @Test
    @DisplayName("D7: a provider that signs with none of the accepted algorithms is told about")
    void aProviderThatSignsOtherwiseIsToldAbout() {
        try (ProviderHouse house =
                ProviderHouse.configured(draft -> draft.algorithms = Set.of("ES256"))) {
            assertThatThrownBy(house::begin)
                    .isInstanceOf(OpenIdProviderMisconfigured.class)
                    .hasMessageContaining("[ES256]");
        }
    }

    @Test
    void aMissingCaFileIsToldAtTheStart(@TempDir Path directory) {
        config.caFiles = List.of(directory.resolve("missing.pem"));

        assertThatThrownBy(this::build)
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("missing.pem");
    }

    @Test
    void aCaFileWithoutCertificatesIsToldAtTheStart(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ca.pem");
        Files.writeString(file, "nothing here", StandardCharsets.UTF_8);
        config.caFiles = List.of(file);

        assertThatThrownBy(this::build).isInstanceOf(OpenIdProviderMisconfigured.class);
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(config.finish().toString()).doesNotContain(ProviderHouse.CLIENT_SECRET);
    }
}
