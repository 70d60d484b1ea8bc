package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.secret.Secrets;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.DiscoveryLie;
import dev.vestibule.testhouse.openid.KeySetLie;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/// `doctor` at a house in which one thing after another is broken.
final class DoctorCommandTest {

    @TempDir Path directory;
    private ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(HomeOptions.defaults().withForwardedHeadersTrusted(true));
    private final ScriptedOpenIdProvider provider = ScriptedOpenIdProvider.start();
    private final ScriptedTerminal terminal = ScriptedTerminal.ofAScript();
    private final int port = LoopbackPort.free();
    private InstantSource time = InstantSource.system();
    private String publicUrl = "http://localhost:" + port;
    private String token = home.administratorToken();
    private String listen = "{address: 127.0.0.1, port: " + port + "}";
    private String management = "off";
    private String dataDirectory = "data";

    @AfterEach
    void close() {
        home.close();
        provider.close();
    }

    private void live(HomeOptions options) {
        home.close();
        home = ScriptedHomeAssistant.start(options);
    }

    private int doctor() throws IOException {
        Path file = directory.resolve("vestibule.yaml");
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                """
                listen: %s
                management: {listen: "%s"}
                data-directory: %s
                home:
                  public-url: %s
                  home-assistant: {url: "%s", token: "%s"}
                  roles: {admin: [admins], user: [family], otherwise: refuse}
                providers:
                  - {id: idp, name: Family, issuer: "%s", client-id: vestibule}
                """
                        .formatted(
                                listen,
                                management,
                                dataDirectory,
                                publicUrl,
                                home.url(),
                                token,
                                provider.issuer()));
        CliRun any = CliRun.with(terminal);
        return Cli.commandLine(
                        new Surroundings(
                                time,
                                new Secrets(),
                                Map.of(),
                                terminal,
                                any.stopSignal(),
                                any.starter()))
                .execute("doctor", "-c", file.toString());
    }

    private void expectWrong(String word, String detail) throws IOException {
        assertThat(doctor()).as(terminal.printed() + terminal.complained()).isEqualTo(1);
        assertThat(terminal.printed().lines())
                .filteredOn(line -> line.startsWith("wrong"))
                .singleElement()
                .asString()
                .startsWith("wrong  " + word + ", ")
                .contains(detail)
                .contains("To mend it: ");
    }

    private void encrypted(String certificate) {
        HouseholdAuthority.Signed own = HouseholdAuthority.make(directory).sign("own", certificate);
        publicUrl = "https://localhost:" + port;
        listen =
                "{address: 127.0.0.1, port: %d, tls: {certificate-file: '%s', key-file: '%s'}}"
                        .formatted(port, own.chain(), own.key());
    }

    private void expectHint(String word, String detail) throws IOException {
        assertThat(doctor()).as(terminal.printed() + terminal.complained()).isZero();
        assertThat(terminal.printed().lines())
                .anyMatch(line -> line.startsWith("hint   " + word + ", ") && line.contains(detail))
                .noneMatch(line -> line.startsWith("wrong"));
    }

    @Test
    void aHouseThatIsWellOnlyMissesItsGateway() throws IOException {
        assertThat(doctor()).as(terminal.printed() + terminal.complained()).isZero();

        assertThat(terminal.printed().lines())
                .filteredOn(line -> !line.startsWith("ok"))
                .singleElement()
                .asString()
                .startsWith("hint   public-url, ")
                .contains("no gateway runs now");
        assertThat(terminal.printed()).doesNotContain(token);
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aHomeAssistantThatIsGone() throws IOException {
        home.stop();

        expectWrong("home-assistant-unreachable", "nothing answers at its address");
    }

    @Test
    void aTokenThatIsNoLongerGood() throws IOException {
        token = "worn-out";

        expectWrong("token-refused", "refuses the gateway's token");
    }

    @Test
    void aTokenOfSomebodyWhoIsNoAdministrator() throws IOException {
        String child = home.addUser("Kim", "kim", "kim-password", "system-users").id();
        token = home.longLivedToken(child, "Vestibule");

        expectWrong("token-without-rights", "no administrator");
    }

    @Test
    void aHomeAssistantThatIsTooOld() throws IOException {
        home.updateTo("2022.12.8");

        expectWrong("home-assistant-too-old", "2022.12.8");
    }

    @Test
    void aHomeAssistantThatNobodyHasSetUp() throws IOException {
        live(HomeOptions.defaults().withOnboarded(false));
        token = "none-yet";

        expectWrong("home-assistant-not-set-up", "no users");
    }

    @Test
    void aHomeAssistantThatDoesNotTakeTheVisitorsAddress() throws IOException {
        live(HomeOptions.defaults().withForwardedHeadersTrusted(false));
        token = home.administratorToken();

        expectHint("forwarding", "X-Forwarded-For");
    }

    @Test
    void aProviderThatIsGone() throws IOException {
        provider.goAway();

        expectWrong("provider-unreachable", "provider 'idp'");
    }

    @Test
    void aProviderThatIsAnotherOne() throws IOException {
        provider.lie(DiscoveryLie.OTHER_ISSUER);

        expectWrong("provider-mismatch", "must be the same to the character");
    }

    @Test
    void aProviderWithoutKeysIsTold() throws IOException {
        provider.lie(KeySetLie.ONLY_ENCRYPTION_KEY);

        expectWrong("provider-mismatch", "publishes no key that its signatures can be checked");
    }

    @Test
    void aClockThatIsAnHourLate() throws IOException {
        time = new TestClock(Instant.now().minus(Duration.ofHours(1)));

        assertThat(doctor()).isEqualTo(1);
        assertThat(terminal.printed())
                .contains("wrong  clock, clock of provider 'idp': It says ")
                .contains("wrong  clock, clock of Home Assistant 'home': It says ");
    }

    @Test
    void aMasterKeyThatOthersMayRead() throws IOException {
        Path key = Files.createDirectory(directory.resolve("data")).resolve("master.key");
        Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        expectWrong("master-key", "can be read by others (rw-r--r--)");
    }

    @Test
    void aMasterKeyThatIsGoneWhileItsDatabaseIsThere() throws IOException {
        Files.createFile(Files.createDirectory(directory.resolve("data")).resolve("vestibule.db"));

        expectWrong("master-key", "is missing");
    }

    @Test
    void aDataDirectoryThatCannotBeOne() throws IOException {
        Files.createFile(directory.resolve("a-file"));
        dataDirectory = "a-file/data";

        expectWrong("data-directory", "a-file");
    }

    @Test
    void aPortThatSomethingElseHas() throws IOException {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            publicUrl = "http://localhost:" + LoopbackPort.free();

            expectWrong("port", "listening fails");
        }
    }

    @Test
    void aPortOfManagementThatSomethingElseHas() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            management = "127.0.0.1:" + other.getLocalPort();

            expectWrong("port", "127.0.0.1 port " + other.getLocalPort());
        }
    }

    @Test
    void aPublicAddressWhereSomethingElseAnswers() throws IOException {
        publicUrl = provider.issuer().resolve("/").toString();

        expectWrong("public-url", "Something else answers there");
    }

    @Test
    void aPublicAddressThatLeadsToHomeAssistantItself() throws IOException {
        publicUrl = "http://localhost:" + home.url().getPort();

        expectWrong("public-url", "without the gateway");
    }

    @Test
    void aCertificateThatHasRunOut() throws IOException {
        encrypted("-startdate -10d -validity 3 -ext san=dns:localhost");

        expectWrong("certificate", "listen.tls: It ran out at");
    }

    @Test
    void aCertificateThatEndsSoonAndIsOfAnotherName() throws IOException {
        encrypted("-validity 2 -ext san=dns:other.example.org");

        expectWrong("certificate", "listen.tls: It is not for localhost but for other.example.org");
        assertThat(terminal.printed()).contains("hint   certificate, listen.tls: It ends at");
    }

    @Test
    void aConfigurationThatCannotBeRead() throws IOException {
        publicUrl = "nowhere";

        expectWrong("configuration", "public-url");
    }
}
