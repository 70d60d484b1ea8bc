package dev.vestibule.config;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// Reads `listen.tls`, and looks into the files that it names.
final class TlsReader {

    private static final Duration HSTS_MAX = Duration.ofDays(730);

    private final InstantSource time;
    private final TextFiles files;

    TlsReader(InstantSource time, TextFiles files) {
        this.time = time;
        this.files = files;
    }

    /// @param addresses of all homes, which the certificate should carry
    TlsConfig read(Section section, List<Origin> addresses) {
        try (section) {
            Format<Path> path = Formats.path(section.reading().directory());
            List<Path> certificates = one(section, "certificate-file", path);
            List<Path> keys = one(section, "key-file", path);
            Duration hsts =
                    section.get(
                            "hsts",
                            Formats.duration(Duration.ZERO, HSTS_MAX),
                            TlsConfig.OFF.hsts());
            ClientCertificatesConfig clients = clients(section.child("client-certificates"), path);
            boolean hasMore = !hsts.isZero() || !clients.caFiles().isEmpty();
            if (certificates.isEmpty() && !keys.isEmpty()) {
                section.problem("key-file", "'certificate-file' is missing. Name it as well.");
            } else if (keys.isEmpty() && !certificates.isEmpty()) {
                section.problem("certificate-file", "'key-file' is missing. Name it as well.");
            } else if (hasMore && certificates.isEmpty()) {
                section.problem(
                        section.has("hsts") ? "hsts" : "client-certificates",
                        "Without 'certificate-file' the gateway does not end TLS, so this can have"
                                + " no effect. Name it, or remove this line.");
            }
            if (certificates.size() != 1 || keys.size() != 1) {
                return TlsConfig.OFF;
            }
            files.warnIfOpen(section, "key-file", keys.getFirst(), "It holds a secret");
            TlsConfig config = new TlsConfig(certificates, keys, hsts, clients);
            look(section, config, addresses);
            return config;
        }
    }

    private static List<Path> one(Section section, String key, Format<Path> path) {
        List<Path> files = section.list(key, path).stream().map(Located::value).toList();
        if (files.size() > 1) {
            section.problem(key, "Name one file. It may hold everything that belongs together.");
        }
        return files;
    }

    private static ClientCertificatesConfig clients(Section section, Format<Path> path) {
        try (section) {
            return new ClientCertificatesConfig(
                    section.list("ca-file", path).stream().map(Located::value).toList());
        }
    }

    private void look(Section section, TlsConfig config, List<Origin> addresses) {
        switch (TlsFiles.read(config)) {
            case TlsFiles.Reading.Whole(var material) -> {
                warnOfItsTime(section, material.own());
                warnOfOtherNames(section, CertificateNames.of(material.own()), addresses);
            }
            case TlsFiles.Reading.Broken(var flaws) ->
                    flaws.forEach(flaw -> section.problem(flaw.key(), flaw.sentence()));
        }
    }

    private void warnOfItsTime(Section section, X509Certificate own) {
        Instant now = time.instant();
        Instant end = own.getNotAfter().toInstant();
        if (!end.isAfter(now)) {
            section.warning(
                    "certificate-file",
                    "The certificate ran out at " + end + ", so clients refuse it. Renew it.");
        } else if (own.getNotBefore().toInstant().isAfter(now)) {
            section.warning(
                    "certificate-file",
                    "The certificate is good only from "
                            + own.getNotBefore().toInstant()
                            + " on. Is the clock right?");
        }
    }

    /// No error: a proxy in front may show a certificate of its own.
    private static void warnOfOtherNames(
            Section section, CertificateNames names, List<Origin> addresses) {
        String missing =
                addresses.stream()
                        .filter(Origin::isSecure)
                        .filter(address -> !names.include(address))
                        .map(Origin::host)
                        .distinct()
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            section.warning(
                    "certificate-file",
                    "The certificate is not for "
                            + missing
                            + " but for "
                            + names
                            + ". Browsers and apps that come to the gateway itself refuse it. Get"
                            + " one that carries every address of your homes as an alternative"
                            + " name.");
        }
    }
}
