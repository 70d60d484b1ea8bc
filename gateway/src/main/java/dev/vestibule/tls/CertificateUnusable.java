package dev.vestibule.tls;

import dev.vestibule.config.TlsFiles.Flaw;

import java.util.List;
import java.util.stream.Collectors;

/// The files of `listen.tls` cannot be used, so that nobody could be spoken to.
public final class CertificateUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CertificateUnusable(List<Flaw> flaws) {
        super(flaws.stream().map(Flaw::sentence).collect(Collectors.joining("\n")));
    }
}
