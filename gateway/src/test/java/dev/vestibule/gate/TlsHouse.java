package dev.vestibule.gate;

import dev.vestibule.config.ClientCertificatesConfig;
import dev.vestibule.config.TlsConfig;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;

/// The certificates of a house whose port ends TLS, made once for all tests of this process.
final class TlsHouse {

    private static final TlsHouse ONE = make();

    final SSLContext client;
    private final HouseholdAuthority authority;
    private final Signed own;

    private TlsHouse(HouseholdAuthority authority) {
        this.authority = authority;
        this.client = authority.client();
        this.own = authority.sign("house", "-validity 2 -ext san=dns:localhost");
    }

    /// The authority that signed the house's certificate.
    KeyStore trusted() {
        return authority.trusted();
    }

    static TlsHouse get() {
        return ONE;
    }

    private static TlsHouse make() {
        try {
            Path directory = Files.createTempDirectory("tls-house");
            directory.toFile().deleteOnExit();
            return new TlsHouse(HouseholdAuthority.make(directory));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    TestGate gate() {
        return gate(new Setting());
    }

    TestGate gate(Setting setting) {
        return gate(setting, new ClientCertificatesConfig(List.of()));
    }

    TestGate gate(Setting setting, ClientCertificatesConfig clients) {
        setting.tls =
                new TlsConfig(
                        List.of(own.chain()), List.of(own.key()), Duration.ofDays(1), clients);
        setting.client = client;
        return new TestGate(setting);
    }
}
