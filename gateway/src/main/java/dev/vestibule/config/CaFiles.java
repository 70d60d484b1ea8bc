package dev.vestibule.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;

/// Reads `ca-file`, and looks whether certificates are in it, so that a wrong file is told before
/// the first connection fails.
final class CaFiles {

    private final TextFiles files;

    CaFiles(TextFiles files) {
        this.files = files;
    }

    List<Path> read(Section section, String key) {
        List<Located<Path>> paths = section.list(key, Formats.path(section.reading().directory()));
        for (Located<Path> path : paths) {
            Optional<String> text = files.readReferred(section, key, path.value());
            if (text.isPresent() && !holdsCertificates(text.get())) {
                section.problem(
                        key,
                        path.value()
                                + " holds no certificate. Give the file that begins with"
                                + " -----BEGIN CERTIFICATE-----.");
            }
        }
        return paths.stream().map(Located::value).toList();
    }

    private static boolean holdsCertificates(String pem) {
        try {
            return pem.contains("-----BEGIN CERTIFICATE-----")
                    && !CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII)))
                            .isEmpty();
        } catch (CertificateException unreadable) {
            return false;
        }
    }
}
