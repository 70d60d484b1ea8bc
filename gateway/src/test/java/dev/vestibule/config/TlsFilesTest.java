package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// `listen.tls`, and what is said about the files that it names.
final class TlsFilesTest {

    private static final String OF_THE_HOUSE = " -ext san=dns:home.example.org";

    private static @TempDir @Nullable Path shared;
    private static @Nullable HouseholdAuthority authority;
    private static @Nullable Signed ec;
    private static @Nullable Signed rsa;

    @TempDir Path directory;

    @BeforeAll
    static void makeCertificates() {
        HouseholdAuthority made = HouseholdAuthority.make(Objects.requireNonNull(shared));
        authority = made;
        ec = made.sign("ec", "-validity 2" + OF_THE_HOUSE);
        rsa = made.sign("rsa", "-keyalg RSA -keysize 2048", "-validity 2" + OF_THE_HOUSE);
    }

    private static HouseholdAuthority authority() {
        return Objects.requireNonNull(authority);
    }

    private static Signed ec() {
        return Objects.requireNonNull(ec);
    }

    private static Signed rsa() {
        return Objects.requireNonNull(rsa);
    }

    private static String yaml(Path certificate, Path key, String... more) {
        StringBuilder yaml = new StringBuilder(ConfigFile.LEAST).append("listen:\n  tls:\n");
        yaml.append("    certificate-file: ").append(certificate).append('\n');
        yaml.append("    key-file: ").append(key).append('\n');
        for (String line : more) {
            yaml.append("    ").append(line).append('\n');
        }
        return yaml.toString();
    }

    private ConfigFile file() {
        return ConfigFile.in(directory);
    }

    private List<String> problems(String yaml) {
        return file().problems(yaml).stream()
                .map(problem -> problem.path() + " " + problem.sentence())
                .toList();
    }

    private List<ConfigProblem> warningsWithATablet(String... more) {
        return file().warnings(
                        yaml(ec().chain(), ec().key(), more)
                                .replace(
                                        "  roles:",
                                        "  sign-in: {kiosks: [{name: hallway, trusted-networks:"
                                                + " [192.168.1.20], client-certificate: "
                                                + "9f".repeat(32)
                                                + "}]}\n  roles:"));
    }

    @Test
    void aTabletWithACertificateNeedsThatOneIsAskedFor() {
        assertThat(
                        warningsWithATablet(
                                "client-certificates: {ca-file: " + authority().file() + "}"))
                .isEmpty();
        assertThat(warningsWithATablet())
                .singleElement()
                .satisfies(warning -> assertThat(warning.sentence()).contains("'hallway'"));
    }

    @Test
    void aCertificateWithItsKeyIsTaken() {
        TlsConfig tls =
                file().config(
                                yaml(
                                        ec().chain(),
                                        ec().key(),
                                        "hsts: 365d",
                                        "client-certificates: {ca-file: "
                                                + authority().file()
                                                + "}"))
                        .listen()
                        .tls();

        assertThat(tls)
                .isEqualTo(
                        new TlsConfig(
                                List.of(ec().chain()),
                                List.of(ec().key()),
                                Duration.ofDays(365),
                                new ClientCertificatesConfig(List.of(authority().file()))));
        assertThat(TlsFiles.read(tls))
                .isInstanceOfSatisfying(
                        TlsFiles.Reading.Whole.class,
                        whole -> {
                            assertThat(whole.material().chain()).hasSize(2);
                            assertThat(whole.material().key().getAlgorithm()).isEqualTo("EC");
                            assertThat(whole.material().clientIssuers()).hasSize(1);
                            assertThat(whole.material().toString()).doesNotContain("rivate");
                        });
        assertThat(file().config(yaml(rsa().chain(), rsa().key())).listen().tls().isOn()).isTrue();
    }

    @Test
    void whatIsInForceCanBeReadAgain() {
        String yaml = yaml(ec().chain(), ec().key(), "hsts: 30d");

        assertThat(ConfigInForce.yaml(file().config(yaml)))
                .contains("    certificate-file: [" + ec().chain() + "]\n")
                .contains("    hsts: 30d\n");
        assertThat(
                        file().config(yaml.replace(ec().key().toString(), "[" + ec().key() + "]"))
                                .listen()
                                .tls()
                                .keyFiles())
                .containsExactly(ec().key());
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() {
        Signed other = authority().sign("other", "-validity 2");

        assertThat(problems(yaml(ec().chain(), other.key())))
                .singleElement()
                .asString()
                .startsWith("listen.tls.key-file " + other.key())
                .contains("the key of another certificate");
        assertThat(problems(yaml(ec().chain(), rsa().key())))
                .singleElement()
                .asString()
                .contains("This is no EC key, but the certificate's is");
    }

    @Test
    void keysInOtherFormsAreRefusedWithTheCommandThatConvertsThem() {
        String body = "-----\nAAAA\n-----END ";
        assertKey("-----BEGIN RSA PRIVATE KEY" + body + "RSA PRIVATE KEY-----\n")
                .contains("older form (RSA PRIVATE KEY)")
                .contains("openssl pkcs8 -topk8 -nocrypt");
        assertKey("-----BEGIN EC PRIVATE KEY" + body + "EC PRIVATE KEY-----\n")
                .contains("openssl pkcs8 -topk8 -nocrypt");
        assertKey("-----BEGIN ENCRYPTED PRIVATE KEY" + body + "ENCRYPTED PRIVATE KEY-----\n")
                .contains("has a password")
                .contains("openssl pkey");
        assertKey(
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n"
                                + "AAAA\n-----END RSA PRIVATE KEY-----\n")
                .contains("has a password");
        assertKey("-----BEGIN PRIVATE KEY" + body + "PRIVATE KEY-----\n").contains("no EC key");
        assertKey("no key at all\n").contains("holds no private key in PEM");
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertKey(String pem) {
        Path key = file().write("odd.key", pem, "rw-------");
        return assertThat(problems(yaml(ec().chain(), key)))
                .singleElement()
                .asString()
                .startsWith("listen.tls.key-file ");
    }

    @Test
    void aShortRsaKeyIsRefused() {
        Signed weak = authority().sign("weak", "-keyalg RSA -keysize 1024", "-validity 2");

        assertThat(problems(yaml(weak.chain(), weak.key())))
                .singleElement()
                .asString()
                .contains("shorter than 2048 bits");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Path empty = file().write("empty.pem", "nothing\n", "rw-r--r--");

        assertThat(
                        problems(
                                yaml(
                                        empty,
                                        directory.resolve("none.key"),
                                        "client-certificates: {ca-file: " + empty + "}")))
                .anySatisfy(
                        problem ->
                                assertThat(problem)
                                        .startsWith("listen.tls.certificate-file")
                                        .contains("holds no certificate in PEM"))
                .anySatisfy(
                        problem ->
                                assertThat(problem)
                                        .startsWith("listen.tls.key-file")
                                        .contains("does not exist"))
                .anySatisfy(
                        problem ->
                                assertThat(problem)
                                        .startsWith("listen.tls.client-certificates.ca-file"))
                .hasSize(3);
    }

    @Test
    void aChainInTheWrongOrderIsRefused() throws IOException {
        String own = Files.readString(ec().chain());
        int second = own.lastIndexOf("-----BEGIN");
        Path turned =
                file().write(
                                "turned.pem",
                                own.substring(second) + own.substring(0, second),
                                "rw-r--r--");

        assertThat(problems(yaml(turned, ec().key())))
                .singleElement()
                .asString()
                .contains("Certificate 1 in this file is not signed by certificate 2");
    }

    @Test
    void aCertificateWithoutAKeyAndTheReverseAreRefused() {
        String half = ConfigFile.LEAST + "listen: {tls: {";

        assertThat(problems(half + "certificate-file: " + ec().chain() + "}}\n"))
                .containsExactly(
                        "listen.tls.certificate-file 'key-file' is missing. Name it as well.");
        assertThat(problems(half + "key-file: " + ec().key() + "}}\n"))
                .containsExactly(
                        "listen.tls.key-file 'certificate-file' is missing. Name it as well.");
        assertThat(problems(half + "hsts: 1d}}\n"))
                .singleElement()
                .asString()
                .startsWith("listen.tls.hsts Without 'certificate-file'");
    }

    @Test
    void aCertificateThatRanOutOrIsNotGoodYetIsAWarning() {
        Signed old = authority().sign("old", "-startdate -9d -validity 5" + OF_THE_HOUSE);
        Signed early = authority().sign("early", "-startdate +1d -validity 5" + OF_THE_HOUSE);

        assertThat(file().warnings(yaml(old.chain(), old.key())))
                .singleElement()
                .satisfies(
                        warning -> {
                            assertThat(warning.path()).isEqualTo("listen.tls.certificate-file");
                            assertThat(warning.sentence()).startsWith("The certificate ran out at");
                        });
        assertThat(file().warnings(yaml(early.chain(), early.key())))
                .singleElement()
                .satisfies(
                        warning -> assertThat(warning.sentence()).contains("Is the clock right?"));
    }

    @Test
    void aKeyThatOthersMayReadIsAWarning() throws IOException {
        Path key = file().write("open.key", Files.readString(ec().key()), "rw-r--r--");

        assertThat(file().warnings(yaml(ec().chain(), key)))
                .singleElement()
                .satisfies(
                        warning ->
                                assertThat(warning.sentence())
                                        .startsWith("It holds a secret")
                                        .endsWith("chmod 600 " + key));
    }

    private static Signed named(String alias, String alternativeNames) {
        return authority().sign(alias, "-validity 2 -ext san=" + alternativeNames);
    }

    private String nameWarning(Signed own, String publicUrl) {
        String yaml = yaml(own.chain(), own.key());
        return file().warnings(yaml.replace("https://home.example.org", publicUrl)).stream()
                .map(warning -> warning.path() + " " + warning.sentence())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aCertificateForAnotherNameIsAWarningThatTellsBoth() {
        assertThat(nameWarning(named("net", "dns:home.example.net"), "https://home.example.org"))
                .startsWith(
                        "listen.tls.certificate-file The certificate is not for home.example.org"
                                + " but for home.example.net.");
    }

    /// Browsers look at the common name no more.
    @Test
    void aCertificateWithoutAlternativeNamesIsForNobody() {
        Signed common = authority().sign("common", "-validity 2");

        assertThat(nameWarning(common, "https://common"))
                .contains("is not for common but for no name at all.");
    }

    @Test
    void aStarStandsForOneLabel() {
        Signed star = named("star", "dns:*.example.org");

        assertThat(nameWarning(star, "https://home.example.org")).isEmpty();
        assertThat(nameWarning(star, "https://HOME.Example.org:8443")).isEmpty();
        assertThat(nameWarning(star, "https://my.home.example.org"))
                .contains("is not for my.home.example.org");
        assertThat(nameWarning(star, "https://example.org")).contains("is not for example.org");
    }

    @Test
    void anAddressIsCarriedAsOne() {
        Signed both = named("both", "ip:192.0.2.7,ip:2001:db8::7");

        assertThat(nameWarning(both, "https://192.0.2.7")).isEmpty();
        assertThat(nameWarning(both, "\"https://[2001:db8:0::7]\"")).isEmpty();
        assertThat(nameWarning(both, "https://192.0.2.8"))
                .contains("is not for 192.0.2.8 but for 192.0.2.7, 2001:db8:0:0:0:0:0:7.");
    }

    @Test
    void everyAddressOfAHomeIsLookedAtUnlessItIsPlain() {
        String yaml =
                yaml(ec().chain(), ec().key())
                        .replace(
                                "  home-assistant:",
                                "  origins: [https://home.lan, http://localhost:8124]\n"
                                        + "  home-assistant:");

        assertThat(file().warnings(yaml))
                .singleElement()
                .satisfies(
                        warning ->
                                assertThat(warning.sentence())
                                        .startsWith(
                                                "The certificate is not for home.lan but for"
                                                        + " home.example.org."));
    }
}
