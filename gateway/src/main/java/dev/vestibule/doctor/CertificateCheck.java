package dev.vestibule.doctor;

import dev.vestibule.config.CertificateNames;
import dev.vestibule.config.Origin;
import dev.vestibule.config.TlsConfig;
import dev.vestibule.config.TlsFiles;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Hint;
import dev.vestibule.doctor.Finding.Wrong;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The gateway's own certificate, as its files have it now.
final class CertificateCheck implements Check {

    private static final String WHERE = "listen.tls";
    private static final Duration SOON = Duration.ofDays(14);

    private final InstantSource time;
    private final TlsConfig config;
    private final List<Origin> addresses;

    /// @param addresses of all homes
    CertificateCheck(InstantSource time, TlsConfig config, List<Origin> addresses) {
        this.time = time;
        this.config = config;
        this.addresses = List.copyOf(addresses);
    }

    @Override
    public List<Finding> look() {
        if (!config.isOn()) {
            return List.of(new Fine(WHERE, "off: TLS is ended in front"));
        }
        return switch (TlsFiles.read(config)) {
            case TlsFiles.Reading.Whole(var material) -> judge(material.own());
            case TlsFiles.Reading.Broken(var flaws) ->
                    flaws.stream()
                            .<Finding>map(
                                    flaw -> new Wrong(Cause.CERTIFICATE, WHERE, flaw.sentence()))
                            .toList();
        };
    }

    private List<Finding> judge(X509Certificate own) {
        List<Finding> findings = new ArrayList<>(ofItsTime(own, WHERE, time.instant()));
        CertificateNames names = CertificateNames.of(own);
        addresses.stream()
                .filter(Origin::isSecure)
                .filter(address -> !names.include(address))
                .map(
                        address ->
                                new Wrong(
                                        Cause.CERTIFICATE,
                                        WHERE,
                                        "It is not for "
                                                + address.host()
                                                + " but for "
                                                + names
                                                + "."))
                .forEach(findings::add);
        return findings;
    }

    /// @param where whose certificate it is
    static List<Finding> ofItsTime(X509Certificate certificate, String where, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (!end.isAfter(now)) {
            return List.of(new Wrong(Cause.CERTIFICATE, where, "It ran out at " + end + "."));
        }
        if (begin.isAfter(now)) {
            return List.of(
                    new Wrong(Cause.CERTIFICATE, where, "It is good only from " + begin + " on."));
        }
        return List.of(
                now.plus(SOON).isAfter(end)
                        ? new Hint(Cause.CERTIFICATE, where, "It ends at " + end + ".")
                        : new Fine(where, "certificate good until " + end));
    }
}
