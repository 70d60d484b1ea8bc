package dev.vestibule.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the files of a [TlsConfig], at the start and whenever they are looked at later. Belongs to
/// one thread.
public final class TlsFiles {

    private final List<Flaw> flaws = new ArrayList<>();

    private TlsFiles() {}

    /// What was found.
    public sealed interface Reading {

        record Whole(TlsMaterial material) implements Reading {}

        /// @param flaws everything that is wrong; at least one
        record Broken(List<Flaw> flaws) implements Reading {
            public Broken {
                flaws = List.copyOf(flaws);
            }
        }
    }

    /// Something wrong with one file.
    ///
    /// @param key the key under `listen.tls` that names it
    /// @param sentence what is wrong and what to do; it never holds a secret
    public record Flaw(String key, String sentence) {}

    /// @param config one that is on
    public static Reading read(TlsConfig config) {
        TlsFiles files = new TlsFiles();
        return files.material(config)
                .filter(_ -> files.flaws.isEmpty())
                .<Reading>map(Reading.Whole::new)
                .orElseGet(() -> new Reading.Broken(files.flaws));
    }

    private Optional<TlsMaterial> material(TlsConfig config) {
        Path chainFile = config.certificateFiles().getFirst();
        Path keyFile = config.keyFiles().getFirst();
        List<X509Certificate> issuers = new ArrayList<>();
        for (Path file : config.clientCertificates().caFiles()) {
            text("client-certificates.ca-file", file)
                    .flatMap(
                            text ->
                                    good(
                                            "client-certificates.ca-file",
                                            file,
                                            CertificatesPem.read(text)))
                    .ifPresent(issuers::addAll);
        }
        Optional<String> keyText = text("key-file", keyFile);
        Optional<List<X509Certificate>> chain =
                text("certificate-file", chainFile)
                        .flatMap(
                                text ->
                                        good(
                                                "certificate-file",
                                                chainFile,
                                                CertificatesPem.readChain(text)));
        return chain.flatMap(
                certificates ->
                        keyText.flatMap(text -> key(keyFile, text, certificates.getFirst()))
                                .map(key -> new TlsMaterial(certificates, key, issuers)));
    }

    private Optional<PrivateKey> key(Path file, String text, X509Certificate own) {
        return good("key-file", file, PrivateKeyPem.read(text, own.getPublicKey()));
    }

    private Optional<String> text(String key, Path file) {
        return switch (TextFiles.read(file)) {
            case Parsed.Good<String>(var text) -> Optional.of(text);
            case Parsed.Bad<String>(var sentence) -> {
                flaws.add(new Flaw(key, sentence));
                yield Optional.empty();
            }
        };
    }

    private <T> Optional<T> good(String key, Path file, Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T>(var value) -> Optional.of(value);
            case Parsed.Bad<T>(var sentence) -> {
                flaws.add(new Flaw(key, file + ": " + sentence));
                yield Optional.empty();
            }
        };
    }
}
