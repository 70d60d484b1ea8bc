package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What works and yet deserves a look.
final class ConfigWarningsTest {

    @TempDir Path directory;
    private ConfigFile file = ConfigFile.in(Path.of("."));

    @BeforeEach
    void beginInAnEmptyDirectory() {
        file = ConfigFile.in(directory);
    }

    private ListAssert<String> assertWarnings(String yaml) {
        return assertThat(
                file.warnings(yaml).stream()
                        .map(warning -> warning.line() + " " + warning.sentence())
                        .toList());
    }

    @Test
    void warnsOfASecretFileThatOthersMayRead() {
        file.write("home.token", "abc", "rw-r--r--");

        assertWarnings(ConfigFile.LEAST.replace("token: abc", "token-file: home.token"))
                .singleElement()
                .asString()
                .startsWith("5 It holds a secret, and others may read or change")
                .contains("rw-r--r--")
                .endsWith("chmod 600 " + directory.resolve("home.token"));
    }

    private static final String TABLETS =
            ConfigFile.LEAST.replace(
                    "  roles:",
                    """
                      sign-in:
                        kiosks:
                          - {name: plain, trusted-networks: [192.168.1.20]}
                          - name: hallway
                            trusted-networks: [192.168.1.21]
                            client-certificate: FINGERPRINT
                          - name: kitchen
                            trusted-networks: [192.168.1.22]
                            client-certificate: FINGERPRINT
                      roles:
                    """
                            .stripTrailing()
                            .replace("FINGERPRINT", "9f".repeat(32)));

    @Test
    void warnsOfEveryKioskWhoseCertificateNothingAsksFor() {
        assertWarnings(TABLETS)
                .hasSize(2)
                .anyMatch(warning -> warning.startsWith("11 Nobody can be the kiosk 'hallway'"))
                .anyMatch(warning -> warning.startsWith("14 Nobody can be the kiosk 'kitchen'"));
    }

    @Test
    void whereAProxyNamesCertificatesThereIsNothingToWarnOf() {
        assertWarnings(
                        TABLETS
                                + "network: {client-certificate-proxies: "
                                + "[{address: 172.18.0.2, form: nginx}]}\n")
                .isEmpty();
    }

    private static String demanding(String demand) {
        return ConfigFile.LEAST.replace(
                        "  roles:", "  routes:\n    require-upstream:\n" + demand + "  roles:")
                + """
                assertions:
                  - {id: cf, preset: cloudflare-access, issuer: 'https://t.c', audience: a}
                """;
    }

    @Test
    void warnsWhereNobodyComesInWhileTheProxyIsAway() {
        assertWarnings(demanding("      assertion: cf\n"))
                .singleElement()
                .asString()
                .startsWith("8 While the proxy or its keys are away nobody comes in")
                .contains("'peers'", "break-glass --rescue");
        assertWarnings(demanding("      assertion: cf\n      peers: 192.168.1.20\n")).isEmpty();
        assertWarnings(demanding("      peers: 192.168.1.20\n")).isEmpty();
    }

    @Test
    void warnsWhereOthersMayAskHowTheGatewayIs() {
        for (String own :
                List.of(
                        "127.0.0.1",
                        "10.1.2.3",
                        "192.168.1.2",
                        "100.64.0.9",
                        "'[::1]",
                        "'[fd12::5]")) {
            assertWarnings(managed(own)).isEmpty();
        }
        for (String others : List.of("0.0.0.0", "203.0.113.7", "'[::]", "'[2001:db8::1]")) {
            assertWarnings(managed(others))
                    .singleElement()
                    .asString()
                    .contains(" whoever reaches this machine may ask how the gateway is")
                    .contains("127.0.0.1:8125");
        }
    }

    private static String managed(String address) {
        String quote = address.startsWith("'") ? "'" : "";
        return ConfigFile.LEAST + "management: {listen: " + address + ":8125" + quote + "}\n";
    }

    @Test
    void warnsOfSecretsInAConfigurationThatOthersMayRead() {
        Path open = file.write("open.yaml", ConfigFile.LEAST, "rw-r-----");
        assertThat(ConfigReader.read(InstantSource.system(), open, Map.of()))
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class, valid -> assertThat(valid.warnings()).isEmpty());

        Path opener = file.write("open.yaml", ConfigFile.LEAST, "rw-r--r--");
        assertThat(ConfigReader.read(InstantSource.system(), opener, Map.of()))
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        valid ->
                                assertThat(valid.warnings())
                                        .extracting(ConfigProblem::line)
                                        .containsExactly(5));
    }

    @Test
    void warnsWhereNobodyCanAdminister() {
        assertWarnings(ConfigFile.LEAST.replace("admin:", "user:"))
                .containsExactly(
                        "6 Nobody who signs in here can administer this home. Write a group of your"
                                + " provider under 'admin'.");
    }

    @Test
    void warnsWhereEverybodyAdministers() {
        assertWarnings(ConfigFile.LEAST.replace("admin: house-admins", "otherwise: admin"))
                .singleElement()
                .asString()
                .startsWith("7 Everybody whom a provider lets in administers this home.");
    }

    @Test
    void warnsOfHeadersThatNobodySigned() {
        assertWarnings(ConfigFile.LEAST + "insecure-trusted-headers: [{peers: 172.18.0.2}]\n")
                .singleElement()
                .asString()
                .contains("Nothing is signed");
    }

    @Test
    void warnsOfAWebhookThatCanBeGuessed() {
        assertWarnings(
                        ConfigFile.LEAST.replace(
                                "  roles:", "  routes: {webhooks: [{id: doorbell}]}\n  roles:"))
                .singleElement()
                .asString()
                .startsWith("6 This id is short enough to be guessed");
    }

    @Test
    void warnsOfPlainHttpThatWasAllowed() {
        assertWarnings(
                        ConfigFile.LEAST
                                        .replace("https://home.example.org", "http://home.lan")
                                        .replace("  roles:", "  insecure-http: true\n  roles:")
                                        .replace("https://auth.", "http://auth.")
                                + "    insecure-http: true\n")
                .hasSize(2)
                .anyMatch(warning -> warning.startsWith("2 Plain http: everybody on the way"))
                .anyMatch(warning -> warning.startsWith("11 Plain http: everybody on the way"));
    }

    @Test
    void warnsOfGoogleWithoutWhatItsPeopleNeed() {
        String google =
                ConfigFile.LEAST.replace(
                        "https://auth.example.org/", "https://accounts.google.com");

        assertWarnings(google)
                .singleElement()
                .asString()
                .startsWith("10 Google does not say when somebody signed in");
        file.config(google + "    preset: google\n");
    }

    @Test
    void saysNothingAboutPlainHttpOnLoopback() {
        file.config(
                ConfigFile.LEAST
                        .replace("https://home.example.org", "http://localhost:8124")
                        .replace("https://auth.example.org/", "http://127.0.0.1:9000/"));
        file.config(
                ConfigFile.LEAST
                        .replace("https://home.example.org", "\"http://[::1]:8124\"")
                        .replace("https://auth.example.org/", "\"http://[::1]:9000/\""));
    }
}
