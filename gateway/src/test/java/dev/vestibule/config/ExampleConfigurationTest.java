package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;

/// `docs/vestibule.example.yaml` can be used as it stands, and with every key in it switched on.
final class ExampleConfigurationTest {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("vestibule.repository", ".."))
                    .resolve("docs/vestibule.example.yaml");

    /// A key that is switched off: `#key: value`, without a space, where a remark has one.
    private static final Pattern SWITCHED_OFF = Pattern.compile("(?m)^( *)#(?=\\S)");

    /// Of an example house, valid for a hundred years.
    private static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBjTCCATOgAwIBAgIUR7LhBu91JHsw1Yl1Gx9fXr/D3MAwCgYIKoZIzj0EAwIw
            GzEZMBcGA1UEAwwQRXhhbXBsZSBob3VzZSBDQTAgFw0yNjExMjQwMjM4MDlaGA8y
            MTI2MTAzMTAyMzgwOVowGzEZMBcGA1UEAwwQRXhhbXBsZSBob3VzZSBDQTBZMBMG
            ByqGSM49AgEGCCqGSM49AwEHA0IABI5No7Nw628rgwZPlaMKk/Ru0Yp7eC1uYSiU
            WVCte8p0kJxRUrWlKud6ViJIbJmVrLDFAJKBp0NjP15ZSL2Pb+KjUzBRMB0GA1Ud
            DgQWBBS6XMEXglSjoKT7SAUhFc241c2gRjAfBgNVHSMEGDAWgBS6XMEXglSjoKT7
            SAUhFc241c2gRjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCZ
            +Kd/YmC5ycjRDq63tJ5tK6BSQsikKp7CazP4mGl/ZAIgVINnGki+NYFerPnNg3/G
            ylMa44CXZqsvFCQhUY1jQsE=
            -----END CERTIFICATE-----
            """;

    @TempDir Path directory;

    @BeforeEach
    void writeTheFilesThatItNames() throws IOException {
        write("home-assistant.token", "a-token");
        write("authentik.secret", "a-secret");
        write("outpost.secret", "a-secret-of-an-outpost-0123456789");
        write("doorbell.webhook", "0123456789abcdef0123456789abcdef");
        write("client.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        write("home-ca.pem", CERTIFICATE);
    }

    private Path write(String name, String text) throws IOException {
        return Files.setPosixFilePermissions(
                Files.writeString(directory.resolve(name), text),
                PosixFilePermissions.fromString("rw-------"));
    }

    private ConfigResult read(String yaml) throws IOException {
        return ConfigReader.read(
                InstantSource.system(),
                write("vestibule.yaml", yaml),
                Map.of("GOOGLE_CLIENT_SECRET", "x"));
    }

    @Test
    void canBeUsedAsItStands() throws IOException {
        assertThat(read(Files.readString(EXAMPLE)))
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        valid -> {
                            assertThat(valid.warnings()).isEmpty();
                            assertThat(valid.config().homes()).hasSize(1);
                            assertThat(valid.config().providers()).isNotEmpty();
                        });
    }

    @Test
    void canBeUsedWithEveryKeySwitchedOn() throws IOException {
        String example = Files.readString(EXAMPLE);
        String whole = SWITCHED_OFF.matcher(example).replaceAll("$1");
        assertThat(whole).isNotEqualTo(example);
        HouseholdAuthority authority =
                HouseholdAuthority.make(Files.createDirectory(directory.resolve("authority")));
        Signed own = authority.sign("own", "-validity 2");
        write("fullchain.pem", Files.readString(own.chain()));
        write("privkey.pem", Files.readString(own.key()));

        ConfigResult result = read(whole);

        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    }

    @Test
    void showsEveryKey() throws IOException {
        String whole = SWITCHED_OFF.matcher(Files.readString(EXAMPLE)).replaceAll("$1");
        Path sources =
                Path.of(System.getProperty("vestibule.repository", ".."))
                        .resolve("gateway/src/main/java/dev/vestibule/config");

        assertThat(ConfigurationPage.make(sources, "").keys().values())
                .allSatisfy(
                        keys ->
                                assertThat(keys)
                                        .allMatch(
                                                key ->
                                                        mentions(whole, key)
                                                                || isOtherWay(whole, key)));
    }

    private static boolean mentions(String yaml, String key) {
        return Pattern.compile("(?m)^[ -]*" + key + ":").matcher(yaml).find();
    }

    /// A secret is shown in one of its two ways.
    private static boolean isOtherWay(String yaml, String key) {
        return key.endsWith("-file")
                ? mentions(yaml, key.replaceFirst("-file$", ""))
                : mentions(yaml, key + "-file");
    }
}
